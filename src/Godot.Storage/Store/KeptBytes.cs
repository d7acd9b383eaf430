using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Godot.Events;

namespace Godot.Storage;

/// <summary>
/// What is kept, as bytes behind a checksum. Texts are UTF-16, so that each comes back as it was, and events are their JSON.
/// </summary>
static class KeptBytes
{
    // The checksum of what follows it: SQLite does not see bits that flip inside a value.
    const int SumBytes = 8;

    public static byte[] Write(Action<BinaryWriter> write)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(new byte[SumBytes]);
        write(writer);
        byte[] written = bytes.ToArray();
        SumOf(written).CopyTo(written, 0);
        return written;
    }

    /// <summary>Null: they are damaged, or of another version.</summary>
    public static T? Read<T>(byte[] bytes, long version, int newest, Func<BinaryReader, T> read)
        where T : class
    {
        if (version < 1 || version > newest) return null;
        if (bytes.Length < SumBytes || !bytes.AsSpan(0, SumBytes).SequenceEqual(SumOf(bytes))) return null;
        using BinaryReader reader = new(new MemoryStream(bytes, SumBytes, bytes.Length - SumBytes, writable: false));
        return read(reader);
    }

    static byte[] SumOf(byte[] bytes) => XxHash64.Hash(bytes.AsSpan(SumBytes));

    extension(BinaryWriter writer)
    {
        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            writer.Write7BitEncodedInt(bytes.Length);
            writer.Write(bytes);
        }

        public void Text(string? text)
        {
            writer.Write(text is not null);
            if (text is not null) writer.Bytes(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        // Its time may be none of its JSON: that of its arrival.
        public void Event(Event e)
        {
            ArrayBufferWriter<byte> json = new();
            e.WriteTo(json);
            writer.Write(((EventView)e).Row.Time);
            writer.Bytes(json.WrittenSpan);
        }

        public void Time(DateTimeOffset? time) => writer.Write(time?.UtcTicks ?? -1);

        public void Many<T>(IReadOnlyList<T> items, Action<BinaryWriter, T> write)
        {
            writer.Write7BitEncodedInt(items.Count);
            foreach (T item in items) write(writer, item);
        }

        public void Pairs(IReadOnlyList<KeyValuePair<string, string>> pairs) => writer.Many(pairs, static (writer, pair) =>
        {
            writer.Text(pair.Key);
            writer.Text(pair.Value);
        });
    }

    extension(BinaryReader reader)
    {
        public byte[] Bytes() => reader.ReadBytes(reader.Read7BitEncodedInt());

        public string? Text() => reader.ReadBoolean() ? new string(MemoryMarshal.Cast<byte, char>(reader.Bytes())) : null;

        public Event Event()
        {
            long time = reader.ReadInt64();
            return new Event(EventReader.ReadOurs(reader.Bytes(), time).View);
        }

        public DateTimeOffset Time() => new(reader.ReadInt64(), TimeSpan.Zero);

        public DateTimeOffset? TimeOrNone() => reader.ReadInt64() is var ticks and >= 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

        public T[] Many<T>(Func<BinaryReader, T> read)
        {
            T[] items = new T[reader.Read7BitEncodedInt()];
            for (int i = 0; i < items.Length; i++) items[i] = read(reader);
            return items;
        }

        public KeyValuePair<string, string>[] Pairs() =>
            reader.Many(static reader => KeyValuePair.Create(reader.Text()!, reader.Text()!));
    }
}
