using System.Globalization;
using System.Text;

namespace Godot;

/// <summary>What a field holds, or a query says: two that are equal are the same kind and the same value; <c>default</c> is nil.</summary>
/// <param name="Text">Of a text, its characters; of true and false, of tags and of a value of meta that is no scalar, their JSON.</param>
readonly record struct QueryValue(MetaKind Kind, string? Text, double Number)
{
    public static QueryValue Of(string? text) => text is null ? default : new(MetaKind.Text, text, 0);

    public static QueryValue Of(double? number) => number is { } known ? new(MetaKind.Number, null, known) : default;

    public static QueryValue Of(bool truth) => new(MetaKind.Boolean, truth ? "true" : "false", 0);

    public static QueryValue OfJson(ReadOnlySpan<byte> json) => new(MetaKind.Json, Encoding.UTF8.GetString(json), 0);

    public static QueryValue OfMeta(MetaValue value) => value.Kind switch
    {
        MetaKind.Missing or MetaKind.Null => default,
        MetaKind.Text => Of(value.Text),
        MetaKind.Number when value.Number is { } number => Of(number),
        // A number beyond a double's range compares with none.
        MetaKind.Number => new(MetaKind.Json, value.ToString(), 0),
        _ => new(value.Kind, value.ToString(), 0),
    };

    /// <summary>As a condition by itself: everything but nil and false.</summary>
    public bool IsTrue => this != default && this != Of(false);

    /// <summary>As a query says it.</summary>
    public override string ToString() => Kind switch
    {
        MetaKind.Missing => "nil",
        MetaKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        MetaKind.Text => Quote(Text!),
        _ => Text!,
    };

    /// <summary>A text in quotes, with the escapes that a query knows.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
