using Godot.Common;

namespace Godot;

/// <summary>What a text message says.</summary>
static class SmsText
{
    // Two messages' worth of plain letters, a third of that of others.
    const int Longest = 320;

    public static string Of(IReadOnlyList<Notification> notifications)
    {
        Notice[] notices = [.. notifications.SelectMany(notification => notification.Notices)];
        IEnumerable<Event> events = notifications.Where(one => one.Notices.Count == 0).SelectMany(one => one.Events);
        string[] texts = [.. notices.Select(notice => PlainText.Line(notice.Title)), .. events.Select(Of)];
        if (texts.Length == 1 && notices is [var alone]) return Of(alone);
        // Of events the first; of incidents as many as there is room for: each may be somebody's to mend.
        int said = 1;
        while (notices.Length > 0 && said < texts.Length && Joined(texts, said + 1).Length <= Longest) said++;
        string more = More(texts.Length - said);
        return PlainText.Cut(string.Join("; ", texts.Take(said)), Longest - more.Length) + more;
    }

    static string Joined(string[] texts, int count) => string.Join("; ", texts.Take(count)) + More(texts.Length - count);

    static string More(int left) => left > 0 ? $" (and {left} more)" : "";

    // A link that is cut is none.
    static string Of(Notice notice)
    {
        string text = PlainText.Line(notice.Line);
        string link = notice.Incident is { Ended: null, Labels.Runbook: { } runbook } ? $" {PlainText.Line(runbook)}" : "";
        return text.Length + link.Length <= Longest ? text + link : PlainText.Cut(text, Longest);
    }

    static string Of(Event e)
    {
        string text = $"[{e.State ?? "-"}] {e.Service ?? "-"} on {e.Host ?? "-"}";
        if (e.Metric is { } metric) text += $": {RecipeText.Of(metric)}";
        if (e.Description is { Length: > 0 } description) text += $" {description}";
        return PlainText.Line(text);
    }
}
