using System.Globalization;
using System.Text;

namespace Godot.Bench;

/// <summary>One event as a line of compact JSON; what is not ASCII is written as it is, or as <c>\uXXXX</c>.</summary>
sealed class JsonLine(bool ascii)
{
    readonly StringBuilder json = new("{");

    public void Text(string name, string value) => Quote(Member(name), value);

    public void Number(string name, double value) => Member(name).Append(Plain(value));

    public void Texts(string name, IEnumerable<string> values)
    {
        Member(name).Append('[');
        foreach (string value in values) Quote(Separated('['), value);
        json.Append(']');
    }

    public void Object(string name, IEnumerable<(string Name, object Value)> members)
    {
        Member(name).Append('{');
        foreach ((string inner, object value) in members)
        {
            Quote(Separated('{'), inner).Append(':');
            if (value is double number) json.Append(Plain(number));
            else Quote(json, (string)value);
        }
        json.Append('}');
    }

    public string End() => json.Append("}\n").ToString();

    StringBuilder Member(string name) => Separated('{').Append('"').Append(name).Append("\":");

    StringBuilder Separated(char opening) => json[^1] == opening ? json : json.Append(',');

    static string Plain(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    StringBuilder Quote(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\') to.Append('\\').Append(c);
            else if (c == '\n') to.Append("\\n");
            else if (c == '\t') to.Append("\\t");
            else if (ascii && c > 127) to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else to.Append(c);
        }
        return to.Append('"');
    }
}
