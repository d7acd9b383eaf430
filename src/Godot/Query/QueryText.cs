using System.Globalization;
using System.Text;
using Godot.Common;
using Godot.Recipes;

namespace Godot.Queries;

/// <summary>How a query says values.</summary>
static class QueryText
{
    public static string Of(FieldValue value) => value.Kind switch
    {
        MetaKind.Missing => "nil",
        MetaKind.Number => value.Text ?? value.Number.ToString("R", CultureInfo.InvariantCulture),
        MetaKind.Text => Quote(value.Text!),
        _ => value.Text!,
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
