using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Godot.Events;

namespace Godot.Recipes;

/// <summary>
/// What keys are made of: the values of some fields of an event, each with its kind and its length, so that no two tuples share a key.
/// Escaped texts are unescaped first: <c>"\u0061"</c> and <c>"a"</c> are one.
/// </summary>
sealed class KeyText
{
    // A number that a double does not tell from all others: its digits.
    const byte ManyDigits = (byte)MetaKind.Number | 0x80;

    byte[] text = new byte[256];
    int length;

    /// <summary>A key that was put together since it was cleared.</summary>
    public ReadOnlySpan<byte> this[Slice key] => text.AsSpan(key.Start, key.Length);

    public void Clear() => length = 0;

    /// <summary>Puts a key together, and says where it stands.</summary>
    public Slice Add(EventView e, ReadOnlySpan<Field> fields)
    {
        int start = length;
        foreach (Field field in fields) Add(e, field);
        return new Slice(start, length - start);
    }

    /// <summary>The values that a key was put together of, as people read them; empty where the field was missing.</summary>
    public static IReadOnlyList<string> Values(ReadOnlySpan<byte> key, IReadOnlyList<Field> fields)
    {
        List<string> values = [];
        foreach (Field field in fields)
        {
            if (key.IsEmpty) break;
            string value = Next(ref key, out byte kind);
            if (field.Part is FieldSet.Tags && kind == (byte)MetaKind.Number)
            {
                string[] tags = new string[int.Parse(value, CultureInfo.InvariantCulture)];
                for (int i = 0; i < tags.Length; i++) tags[i] = Next(ref key, out _);
                value = string.Join(',', tags);
            }
            values.Add(value);
        }
        return values;
    }

    static string Next(ref ReadOnlySpan<byte> key, out byte kind)
    {
        kind = key[0];
        int length = BinaryPrimitives.ReadInt32LittleEndian(key[1..]);
        ReadOnlySpan<byte> value = key.Slice(5, length);
        key = key[(5 + length)..];
        return kind == (byte)MetaKind.Number
            ? BinaryPrimitives.ReadDoubleLittleEndian(value).ToString("R", CultureInfo.InvariantCulture)
            : Encoding.UTF8.GetString(value);
    }

    void Add(EventView e, Field field)
    {
        if (field.Function is { } function) Add(function(e));
        else if (field.Part is FieldSet.Meta) Add(e.MetaOf(field.Name));
        else if (field.Part is FieldSet.Other) Add(e.Member(field.Name));
        else if (!e.Row.Has(field.Part)) Add((byte)MetaKind.Missing, []);
        else if (field.Part is FieldSet.Tags) AddTags(e.Tags);
        else if (field.Part is FieldSet.Metric) Add(e.Row.Metric);
        else if (field.Part is FieldSet.Time) Add(e.Row.Time);
        else if (field.Part is FieldSet.Ttl) Add(e.Row.Ttl);
        else if ((e.Row.Escaped & field.Part) != 0) Unescaped(e.Text(field.Part));
        else Add((byte)MetaKind.Text, e.Text(field.Part));
    }

    // However their JSON is written.
    void AddTags(IReadOnlyList<string> tags)
    {
        Add(tags.Count);
        foreach (string tag in tags) Add((byte)MetaKind.Text, Encoding.UTF8.GetBytes(tag));
    }

    void Add(string? value)
    {
        if (value is null) Add((byte)MetaKind.Missing, []);
        else Add((byte)MetaKind.Text, Encoding.UTF8.GetBytes(value));
    }

    void Add(MetaValue value)
    {
        if (value.Kind != MetaKind.Number) Add((byte)value.Kind, Encoding.UTF8.GetBytes(value.ToString()));
        else if (value.Exact is var exact && exact.Digits is { } digits) Add(ManyDigits, Encoding.UTF8.GetBytes(digits));
        else Add(exact.Nearest);
    }

    void Add(double number)
    {
        Span<byte> bytes = stackalloc byte[8];
        // 0 and -0 are one number.
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number == 0 ? 0 : number);
        Add((byte)MetaKind.Number, bytes);
    }

    void Unescaped(ReadOnlySpan<byte> escaped)
    {
        byte[] plain = ArrayPool<byte>.Shared.Rent(escaped.Length);
        Add((byte)MetaKind.Text, plain.AsSpan(0, JsonText.Unescape(escaped, plain)));
        ArrayPool<byte>.Shared.Return(plain);
    }

    void Add(byte kind, ReadOnlySpan<byte> value)
    {
        int needed = length + 5 + value.Length;
        if (needed > text.Length) Array.Resize(ref text, Math.Max(needed, text.Length * 2));
        text[length] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(text.AsSpan(length + 1), value.Length);
        value.CopyTo(text.AsSpan(length + 5));
        length = needed;
    }
}
