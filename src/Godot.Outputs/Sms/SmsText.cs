using Godot.Common;

namespace Godot;

/// <summary>What a text message says.</summary>
static class SmsText
{
    // Two messages' worth of plain letters, a third of that of others.
    const int Longest = 320;

    public static string Of(IReadOnlyList<Notification> notifications)
    {
        Event[] events = [.. notifications.SelectMany(notification => notification.Events)];
        string more = events.Length > 1 ? $" (and {events.Length - 1} more)" : "";
        return PlainText.Cut(Of(events[0]), Longest - more.Length) + more;
    }

    static string Of(Event e)
    {
        string text = $"[{e.State ?? "-"}] {e.Service ?? "-"} on {e.Host ?? "-"}";
        if (e.Metric is { } metric) text += $": {RecipeText.Of(metric)}";
        if (e.Description is { Length: > 0 } description) text += $" {description}";
        return PlainText.Line(text);
    }
}
