using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>A text with fields of an event in braces: <c>"{service} on {host} is {state}"</c>.</summary>
sealed class EmailTemplate
{
    // Text that stays, or a field's name.
    readonly List<(string Text, bool IsField)> parts = [];

    /// <exception cref="ArgumentException">A brace has no partner, or there is no field of a name.</exception>
    public EmailTemplate(string text, string parameter)
    {
        Text = text;
        RecipeRules.Refuse(TemplateText.Read(text, parts), parameter);
    }

    public string Text { get; }

    /// <summary>The text for one event; a field without a value shows as <c>-</c>, so that it is seen to be missing.</summary>
    public string Render(string reactor, Event e)
    {
        StringBuilder text = new();
        foreach ((string part, bool isField) in parts) text.Append(isField ? Value(part, reactor, e) : part);
        return text.ToString();
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
            _ => e.Meta.GetValueOrDefault(field[TemplateText.Meta.Length..]).ToString(),
        };
        return string.IsNullOrEmpty(value) ? "-" : value;
    }
}
