using System.Text;

namespace Godot;

/// <summary>How a template is written. The analyzers compile this file too, for netstandard2.0.</summary>
static class TemplateText
{
    public const string Meta = "meta.", Label = "label.";

    static readonly string[] Fields = ["host", "service", "state", "description", "time", "metric", "ttl", "tags", "reactor"];

    static readonly string[] OfIncidents =
        ["transition", "severity", "name", "since", "lasted", "ended", "owner", "runbook", "text", "late", "incident"];

    /// <summary>True of a field that only incidents have.</summary>
    public static bool IsOfIncidents(string field) => OfIncidents.Contains(field) || IsKey(field, Label);

    /// <summary>
    /// Takes a template apart. Returns why it is none: a brace has no partner, or there is no field of a name; null if it is one.
    /// </summary>
    /// <param name="parts">Is handed text that stays, and fields' names.</param>
    public static string? Read(string text, List<(string Text, bool IsField)> parts)
    {
        StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is not ('{' or '}'))
            {
                plain.Append(c);
            }
            else if (i + 1 < text.Length && text[i + 1] == c)
            {
                plain.Append(c);
                i++;
            }
            else
            {
                int end = c == '{' ? text.IndexOfAny(['{', '}'], i + 1) : -1;
                if (end < 0 || text[end] == '{')
                    return $"The {c} at position {i + 1} of \"{text}\" has no partner; write {c}{c} if you mean the brace itself.";
                string field = text.Substring(i + 1, end - i - 1);
                if (!Fields.Contains(field) && !IsKey(field, Meta) && !IsOfIncidents(field))
                    return $"\"{field}\" at position {i + 2} of \"{text}\" is not a field of an event: "
                        + $"{string.Join(", ", Fields)} and meta.key are; "
                        + $"{string.Join(", ", OfIncidents)} and label.key are fields of an incident.";
                Stay();
                parts.Add((field, true));
                i = end;
            }
        }
        Stay();
        return null;

        void Stay()
        {
            if (plain.Length > 0) parts.Add((plain.ToString(), false));
            plain.Clear();
        }
    }

    static bool IsKey(string field, string prefix) => field.StartsWith(prefix, StringComparison.Ordinal) && field.Length > prefix.Length;
}
