using System.Diagnostics.CodeAnalysis;
using Godot.Events;

namespace Godot;

/// <summary>Gives back what a stage wrote to a <see cref="StateWriter"/>, in the same order.</summary>
[SuppressMessage("Design", "CA1001", Justification = "They stand in memory and hold nothing that the collector does not take.")]
public sealed class StateReader
{
    readonly BinaryReader reader;
    int end;

    internal StateReader(BinaryReader reader) => this.reader = reader;

    /// <summary>The <see cref="Stage.StateVersion"/> of the stage that wrote it: the reader's own, or an older one.</summary>
    public int Version { get; private set; }

    /// <summary>100 ns since the engine began, when the state is loaded.</summary>
    internal long Now { get; set; }

    /// <summary>True if everything has been read.</summary>
    internal bool IsAtEnd => reader.BaseStream.Position == end;

    /// <summary>Reads next what a stage of this version wrote, which stands there.</summary>
    internal void Begin(Range where, int version)
    {
        reader.BaseStream.Position = where.Start.Value;
        (end, Version) = (where.End.Value, version);
    }

    /// <summary>Reads a whole number.</summary>
    public long ReadInt64() => reader.ReadInt64();

    /// <summary>Reads a number.</summary>
    public double ReadDouble() => reader.ReadDouble();

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean() => reader.ReadBoolean();

    /// <summary>Reads a span of time.</summary>
    public TimeSpan ReadTimeSpan() => new(reader.ReadInt64());

    /// <summary>Reads a time of the calendar.</summary>
    public DateTimeOffset ReadTime() => new(reader.ReadInt64(), TimeSpan.Zero);

    /// <summary>Reads a text; null if there was none.</summary>
    public string? ReadString() => reader.ReadBoolean() ? reader.ReadString() : null;

    /// <summary>Reads an event.</summary>
    public Event ReadEvent()
    {
        long time = reader.ReadInt64();
        int length = reader.Read7BitEncodedInt();
        if (length < 0 || length > Left) throw Damaged(length);
        return new Event(EventReader.ReadOurs(reader.ReadBytes(length), time).View);
    }

    /// <summary>Reads a moment of the engine's monotonic time.</summary>
    internal long ReadMoment() => Now + reader.ReadInt64();

    /// <summary>Reads a whole number that was an <see cref="int"/>.</summary>
    internal int ReadInt32() => checked((int)reader.ReadInt64());

    /// <summary>Reads how many of something there are.</summary>
    /// <param name="most">So many there can be.</param>
    internal int ReadCount(int most) =>
        reader.ReadInt64() is var count && count >= 0 && count <= most ? (int)count : throw Damaged(count);

    /// <summary>Reads how many of something follow that takes at least eight bytes.</summary>
    internal int ReadCount() => ReadCount(Left / sizeof(long));

    int Left => end - (int)reader.BaseStream.Position;

    static FormatException Damaged(long count) => new($"The saved state has {count} of something, where so many cannot be.");
}
