using System.Text;

namespace Godot.Runtime;

/// <summary>
/// The record of a key in a snapshot: the number of its segment, its two texts, each behind its length, its birth; then for each stage that
/// held something its place in the segment, a length, and so many bytes. Numbers and lengths are seven bits at a time, but for the birth.
/// This says where all of that stands in a chunk of records.
/// </summary>
/// <param name="Segment">The number of its segment.</param>
/// <param name="First">The first text that names it.</param>
/// <param name="Second">The second one.</param>
/// <param name="Birth">The number of its first event.</param>
/// <param name="States">What its stages held.</param>
readonly record struct SavedKey(int Segment, Range First, Range Second, long Birth, Range States)
{
    /// <summary>Writes the record of a key.</summary>
    /// <param name="holds">Its birth, and what its stages hold.</param>
    public static void Write(BinaryWriter to, int segment, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> holds)
    {
        to.Write7BitEncodedInt(segment);
        to.Write7BitEncodedInt(first.Length);
        to.Write(first);
        to.Write7BitEncodedInt(second.Length);
        to.Write(second);
        to.Write(holds);
    }

    /// <summary>Writes what a stage holds for it.</summary>
    public static void WriteState(BinaryWriter to, int stage, ReadOnlySpan<byte> state)
    {
        to.Write7BitEncodedInt(stage);
        to.Write7BitEncodedInt(state.Length);
        to.Write(state);
    }

    /// <summary>Reads where a record stands that is so long.</summary>
    public static SavedKey Read(BinaryReader reader, int length)
    {
        Stream chunk = reader.BaseStream;
        if (length < 0 || length > chunk.Length - chunk.Position) throw new EndOfStreamException();
        int end = (int)chunk.Position + length;
        int segment = reader.Read7BitEncodedInt();
        Range first = Skip(reader, reader.Read7BitEncodedInt(), end), second = Skip(reader, reader.Read7BitEncodedInt(), end);
        long birth = reader.ReadInt64();
        return new(segment, first, second, birth, Skip(reader, end - (int)chunk.Position, end));
    }

    /// <summary>Reads where what its next stage held stands.</summary>
    public static (int Stage, Range State) ReadState(BinaryReader reader, int end) =>
        (reader.Read7BitEncodedInt(), Skip(reader, reader.Read7BitEncodedInt(), end));

    /// <summary>Makes a record of what versions 1 and 2 wrote: fixed numbers, and each stage, whether it held something or not.</summary>
    public static void Renew(BinaryReader old, int segment, BinaryWriter to)
    {
        long birth = old.ReadInt64();
        (byte[] first, byte[] second) = (Text(old), Text(old));
        using MemoryStream record = new(), holds = new();
        using BinaryWriter writer = new(holds);
        writer.Write(birth);
        for (int left = old.ReadInt32(); left > 0; left--)
        {
            int stage = old.ReadInt32();
            if (Text(old) is { Length: > 0 } state) WriteState(writer, stage, state);
        }
        using BinaryWriter whole = new(record);
        Write(whole, segment, first, second, holds.ToArray());
        to.Write((int)record.Length);
        to.Write(record.ToArray());
    }

    static byte[] Text(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        byte[] text = length < 0 ? throw new EndOfStreamException() : reader.ReadBytes(length);
        return text.Length == length ? text : throw new EndOfStreamException();
    }

    static Range Skip(BinaryReader reader, int length, int end)
    {
        int at = (int)reader.BaseStream.Position;
        if (length < 0 || length > end - at) throw new EndOfStreamException();
        reader.BaseStream.Position = at + length;
        return at..(at + length);
    }
}
