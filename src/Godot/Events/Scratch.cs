using System.Runtime.InteropServices;

namespace Godot.Events;

/// <summary>
/// Where changed copies of a view live. A lane lends its own for the time of one event and then takes everything back at once; where no
/// lane runs, copies are fresh arrays that the collector takes.
/// </summary>
sealed class Scratch
{
    const int RowsAChunk = 32, BytesAChunk = 16 * 1024;

    /// <summary>The scratch of the lane that this thread runs; null outside of lanes.</summary>
    [ThreadStatic]
    internal static Scratch? Current;

    EventRow[] rows = new EventRow[RowsAChunk];
    byte[] bytes = new byte[BytesAChunk];
    int usedRows, usedBytes;

    // For events that are kept as text.
    readonly Block read = new() { Rows = new EventRow[1] };
    EventReader? reader;

    /// <summary>Takes back everything that was lent since the last time.</summary>
    public void Reset() => usedRows = usedBytes = 0;

    /// <summary>A copy of a row in which one part has another value, or none.</summary>
    public static ref EventRow Copy(scoped ref readonly EventRow row, FieldSet part, bool present)
    {
        ref EventRow copy = ref NewRow();
        copy = row;
        copy.Changed |= part;
        copy.Present = present ? copy.Present | part : copy.Present & ~part;
        if ((part & FieldSet.Series) != 0) copy.Hash = 0;
        return ref copy;
    }

    /// <summary>A view in which a string has another value, or none if that is null.</summary>
    public static EventView WithText(scoped EventView e, FieldSet part, string? value)
    {
        ref EventRow row = ref Copy(in e.Row, part, value is not null);
        ReadOnlySpan<byte> old = e.Bytes;
        Span<byte> text = NewBytes(old.Length + (value is null ? 0 : JsonText.MaxEscapedLength(value)));
        old.CopyTo(text);
        if (value is not null)
        {
            int length = JsonText.Escape(value, text[old.Length..]);
            Span<byte> written = text.Slice(old.Length, length);
            row.SetText(part, new Slice(old.Length, length), escaped: written.Contains((byte)'\\'));
            row.Extent = old.Length + length;
        }
        return new EventView(in row, in MemoryMarshal.GetReference(text));
    }

    /// <summary>A view in which tags or meta are this JSON text, or none if it is empty.</summary>
    public static EventView WithJson(scoped EventView e, FieldSet part, scoped ReadOnlySpan<byte> json)
    {
        ref EventRow row = ref Copy(in e.Row, part, !json.IsEmpty);
        ReadOnlySpan<byte> old = e.Bytes;
        Span<byte> text = NewBytes(old.Length + json.Length);
        old.CopyTo(text);
        json.CopyTo(text[old.Length..]);
        if (!json.IsEmpty) row.SetText(part, new Slice(old.Length, json.Length), escaped: false);
        row.Extent = text.Length;
        return new EventView(in row, in MemoryMarshal.GetReference(text));
    }

    /// <summary>A view of the event that stands at the beginning of a text, which was read before; the text is copied.</summary>
    public static EventView Read(ReadOnlySpan<byte> text) => (Current ?? new Scratch()).ReadAgain(text);

    EventView ReadAgain(ReadOnlySpan<byte> text)
    {
        ArraySegment<byte> copy = NewBytes(text.Length + JsonScanner.Padding);
        text.CopyTo(copy);
        copy[text.Length] = (byte)'\n';
        reader ??= EventReader.OfOurs();
        read.Attach(copy.Array!);
        reader.ReadFirst(read, copy.Offset, text.Length);
        ref EventRow row = ref NewRow();
        row = read.Rows[0];
        return new EventView(in row, in copy.Array![copy.Offset]);
    }

    static ref EventRow NewRow()
    {
        if (Current is not { } scratch) return ref (new EventRow[1])[0];
        // A chunk that is full is left to the views that stand in it.
        if (scratch.usedRows == scratch.rows.Length) (scratch.rows, scratch.usedRows) = (new EventRow[RowsAChunk], 0);
        return ref scratch.rows[scratch.usedRows++];
    }

    static ArraySegment<byte> NewBytes(int length)
    {
        if (Current is not { } scratch || length > BytesAChunk) return new byte[length];
        if (scratch.bytes.Length - scratch.usedBytes < length) (scratch.bytes, scratch.usedBytes) = (new byte[BytesAChunk], 0);
        ArraySegment<byte> taken = new(scratch.bytes, scratch.usedBytes, length);
        scratch.usedBytes += length;
        return taken;
    }
}
