using System.Text;

namespace Godot.Storage;

/// <summary>What a snapshot file says of itself, before what the engine wrote.</summary>
/// <param name="Program">Whose it is.</param>
/// <param name="Number">One more than that of the one before.</param>
/// <param name="Moment">When all of it was so, by the calendar.</param>
sealed record SnapshotHead(string Program, long Number, DateTimeOffset Moment)
{
    /// <summary>Raised when a file is laid out otherwise; what the engine writes has a version of its own.</summary>
    const int Version = 1;

    const string Mark = "godot snapshot";

    public void Write(Stream stream)
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(Program);
        writer.Write(Number);
        writer.Write(Moment.UtcTicks);
    }

    /// <summary>Reads it, and leaves the stream where the engine's bytes begin.</summary>
    /// <exception cref="InvalidDataException">
    /// It is none that this program can read; the message says why, after the file's name.
    /// </exception>
    public static SnapshotHead Read(Stream stream)
    {
        using BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Mark) throw new InvalidDataException("is not a snapshot");
            int version = reader.ReadInt32();
            if (version != Version) throw new InvalidDataException($"has version {version}, and this program reads version {Version}");
            return new SnapshotHead(reader.ReadString(), reader.ReadInt64(), new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero));
        }
        // A flipped bit may make a length, or a time, of anything.
        catch (Exception damage) when (damage is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("is not a whole snapshot", damage);
        }
    }
}
