namespace Godot;

/// <summary>One of what a mail tells of: an event, or what became of an incident, with its latest event.</summary>
sealed record EmailItem(string Reactor, Event Event, Notice? Notice)
{
    public static IEnumerable<EmailItem> Of(Notification notification) => notification.Notices.Count > 0
        ? notification.Notices.Select(notice => new EmailItem(notice.Incident.Reactor, notice.Incident.Latest, notice))
        : notification.Events.Select(e => new EmailItem(notification.Reactor, e, null));

    /// <summary>What it is in one line.</summary>
    public string Title => Notice is null ? EventText.Title(Event) : EventText.Short(Notice.Title);

    /// <summary>
    /// The subject of a mail about it alone. Of an incident it stays as it was at the opening: mail programs put together what has one
    /// subject. What became of it leads the body.
    /// </summary>
    public string Subject => Notice is { Incident: var incident }
        ? EventText.Short($"{(incident.OpenedAs.Length > 0 ? incident.OpenedAs : incident.Severity)} {incident.Name}") : Title;

    /// <summary>What it is counted with, where there are many: the same state of the same series, or the same of the same alert.</summary>
    public string Kind =>
        Notice is null ? EventText.Name(Event) : EventText.Short($"{NoticeText.Word(Notice)} {Notice.Incident.Severity} {Reactor}");

    /// <summary>The word that its colour goes by.</summary>
    public string? State => Notice is null ? Event.State : NoticeText.State(Notice);

    /// <summary>What stands below the title, before all else.</summary>
    public string? Lead => Notice is null ? null : NoticeText.Lead(Notice);

    public IEnumerable<(string Name, string Value)> Rows => Notice is null ? EventText.Rows(Reactor, Event) : NoticeText.Rows(Notice);

    /// <summary>An address among the rows that may be followed: the rule's own, never one of the event's.</summary>
    public string? Link => Notice?.Incident.Labels.Runbook is { } runbook && Uri.TryCreate(runbook, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? runbook : null;
}
