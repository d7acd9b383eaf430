using Godot.Common;

namespace Godot;

/// <summary>What became of an incident, as people read it.</summary>
static class NoticeText
{
    const int LongestText = 2000;

    /// <summary>The transition as a word: opened, worse, still, escalated, resolved.</summary>
    public static string Word(Notice notice) => Notice.Word(notice.Transition).TrimEnd(':');

    /// <summary>The word that its colour goes by: an end is green, a severity that nobody knows is as bad as the worst.</summary>
    public static string State(Notice notice) => notice.Transition == Transition.Resolved ? "resolved"
        : notice.Incident.Severity.Equals("warning", StringComparison.OrdinalIgnoreCase) ? "warning" : "critical";

    /// <summary>State and duration, then the rule's own text.</summary>
    public static string Lead(Notice notice)
    {
        Incident incident = notice.Incident;
        string lead = incident.Ended is not null ? $"Over after {Notice.Duration(incident.Lasted)}"
            : incident.Lasted < TimeSpan.FromSeconds(1) ? "Just opened" : $"Open for {Notice.Duration(incident.Lasted)}";
        if (incident.Ended is { } why) lead += $": {why}";
        if (incident.IsRecovering) lead += ", recovering";
        if (incident.IsFlapping) lead += ", flapping";
        if (incident is { Ended: null, Acknowledged: { } by })
            lead += $", acknowledged by {by.By}{(by.Note is null ? "" : $": {by.Note}")}";
        lead = EventText.Short(lead) + ".";
        return notice.Text is null ? lead : $"{lead}\n{PlainText.Cut(PlainText.Lines(notice.Text.Trim()), LongestText)}";
    }

    /// <summary>What it is about, then what its latest event says.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(Notice notice)
    {
        Incident incident = notice.Incident;
        List<(string Name, string? Value)> rows = [("severity", incident.Severity), ("since", UtcText.Exact(incident.Opened))];
        (string, string?)[] series = [("host", incident.Latest.Host), ("service", incident.Latest.Service)];
        // Below stand host and service of the event.
        rows.AddRange(incident.Key.Select(part => (part.Key, (string?)part.Value)).Except(series));
        rows.AddRange([("owner", incident.Labels.Owner), ("runbook", incident.Labels.Runbook)]);
        rows.AddRange(incident.Labels.Labels.Select(label => (label.Key, (string?)label.Value)));
        rows.Add(("late", notice.HeldBack));
        return rows.Where(row => !string.IsNullOrEmpty(row.Value)).Select(row => (EventText.Short(row.Name), EventText.Short(row.Value!)))
            .Concat(EventText.Rows(incident.Reactor, incident.Latest)).Append(("incident", incident.Id));
    }

    /// <summary>A field of an incident that templates know; null: it has no value, or there is no such field.</summary>
    public static string? Field(string field, Notice notice) => field switch
    {
        "transition" => Word(notice),
        "severity" => notice.Incident.Severity,
        "name" => notice.Incident.Name,
        "since" => UtcText.Exact(notice.Incident.Opened),
        "lasted" => Notice.Duration(notice.Incident.Lasted),
        "ended" => notice.Incident.Ended,
        "owner" => notice.Incident.Labels.Owner,
        "runbook" => notice.Incident.Labels.Runbook,
        "text" => notice.Text,
        "late" => notice.HeldBack,
        "incident" => notice.Incident.Id,
        _ => notice.Incident.Labels.Labels.FirstOrDefault(label => label.Key == field[TemplateText.Label.Length..]).Value,
    };
}
