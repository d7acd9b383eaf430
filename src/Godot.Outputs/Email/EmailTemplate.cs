using System.Globalization;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>A text with fields of an event in braces: <c>"{service} on {host} is {state}"</c>.</summary>
sealed class EmailTemplate
{
    static readonly string[] Fields = ["host", "service", "state", "description", "time", "metric", "ttl", "tags", "reactor"];
    const string Meta = "meta.";

    readonly List<Part> parts = [];

    // Text that stays, or a field's name.
    readonly record struct Part(string Text, bool IsField);

    /// <exception cref="ArgumentException">A brace has no partner, or there is no field of a name.</exception>
    public EmailTemplate(string text, string parameter)
    {
        Text = text;
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
                    throw new ArgumentException($"The {c} at position {i + 1} of \"{PlainText.Line(text)}\" has no partner; write {c}{c} if you mean the brace itself.", parameter);
                string field = text[(i + 1)..end];
                if (!Fields.Contains(field) && !(field.StartsWith(Meta, StringComparison.Ordinal) && field.Length > Meta.Length))
                    throw new ArgumentException($"\"{PlainText.Line(field)}\" at position {i + 2} of \"{PlainText.Line(text)}\" is no field of an event: {string.Join(", ", Fields)} and meta.key are.", parameter);
                Add(plain);
                parts.Add(new(field, IsField: true));
                i = end;
            }
        }
        Add(plain);
    }

    public string Text { get; }

    /// <summary>The text for one event; a field without a value shows as <c>-</c>, so that it is seen to be missing.</summary>
    public string Render(string reactor, Event e)
    {
        StringBuilder text = new();
        foreach (Part part in parts) text.Append(part.IsField ? Value(part.Text, reactor, e) : part.Text);
        return text.ToString();
    }

    void Add(StringBuilder plain)
    {
        if (plain.Length > 0) parts.Add(new(plain.ToString(), IsField: false));
        plain.Clear();
    }

    static string Value(string field, string reactor, Event e)
    {
        string? value = field switch
        {
            "host" => e.Host,
            "service" => e.Service,
            "state" => e.State,
            "description" => e.Description,
            "time" => EventText.Time(e),
            "metric" => EventText.Metric(e),
            "ttl" => EventText.Ttl(e),
            "tags" => string.Join(", ", e.Tags),
            "reactor" => reactor,
            _ => e.Meta.GetValueOrDefault(field[Meta.Length..]).ToString(),
        };
        return string.IsNullOrEmpty(value) ? "-" : value;
    }
}
