using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>A text with fields of an event or an incident in braces: <c>"{service} on {host} is {state}"</c>.</summary>
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

    /// <summary>
    /// The text for one event, or one incident; a field without a value shows as <c>-</c>, so that it is seen to be missing.
    /// </summary>
    public string Render(EmailItem item)
    {
        StringBuilder text = new();
        foreach ((string part, bool isField) in parts) text.Append(isField ? Value(part, item) : part);
        return text.ToString();
    }

    static string Value(string field, EmailItem item)
    {
        Event e = item.Event;
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
            "reactor" => item.Reactor,
            _ when TemplateText.IsOfIncidents(field) => item.Notice is { } notice ? NoticeText.Field(field, notice) : null,
            _ => e.Meta.GetValueOrDefault(field[TemplateText.Meta.Length..]).ToString(),
        };
        return string.IsNullOrEmpty(value) ? "-" : value;
    }
}
