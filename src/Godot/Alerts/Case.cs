namespace Godot.Alerting;

/// <summary>An incident on the desk, from its opening until everybody who is to hear of its end has been told.</summary>
sealed class Case(AlertKey key, AlertPort? port, Incident incident, int rank, TimeSpan openedAt)
{
    public AlertKey Key => key;

    /// <summary>The alert that it came from; null while none of its name runs.</summary>
    public AlertPort? Port { get; set; } = port;

    public Incident Incident { get; set; } = incident;

    /// <summary>Its severity, as the rule counts: the worst so far.</summary>
    public int Rank { get; set; } = rank;

    /// <summary>When it began, by the desk's clock; before zero for one from before the start.</summary>
    public TimeSpan OpenedAt => openedAt;

    public List<Telling> Tellings { get; } = [];

    /// <summary>Who was told before the start, until its rule runs again and says who that is.</summary>
    public IReadOnlyList<KeptTelling> Restored { get; set; } = [];

    public bool IsOpen => Incident.Ended is null;

    /// <summary>When a flapping key that is well has been so for long enough, and why it is well.</summary>
    public (TimeSpan At, string Because, Event Event)? Settles { get; set; }

    /// <summary>When it ended, by the desk's clock.</summary>
    public TimeSpan EndedAt => openedAt + Incident.Lasted;

    /// <summary>Until when it hushes others after its end; null: it does not.</summary>
    public TimeSpan? HushesUntil { get; set; }

    /// <summary>When a rule that does not run is gone for good.</summary>
    public TimeSpan? GoneAt { get; set; }

    /// <summary>Until when overdue steps wait for the key to be heard after a start; null: it was, or this is no start.</summary>
    public TimeSpan? HeardBy { get; set; }

    /// <summary>When is looked whether the next is to be told; null if nothing is due.</summary>
    public TimeSpan? StepsLookedAt { get; set; }

    /// <summary>Since when its clocks stand still because somebody has taken it on.</summary>
    public TimeSpan? PausedSince { get; set; }

    /// <summary>The incident as it is now.</summary>
    public Incident At(TimeSpan now) => IsOpen ? Incident with { Lasted = now > openedAt ? now - openedAt : TimeSpan.Zero } : Incident;

    /// <summary>
    /// The event that opened it, and what else silences ask for: <c>reactor</c>, <c>severity</c>, <c>owner</c> and the labels, where a
    /// query looks for what is none of an event's fields.
    /// </summary>
    public Event Described()
    {
        Dictionary<string, MetaValue> meta = new(Incident.Opening.Meta)
        {
            ["reactor"] = Incident.Reactor,
            ["severity"] = Incident.Severity,
        };
        foreach ((string name, string value) in Incident.Labels.Labels) meta[name] = value;
        if (Incident.Labels.Owner is { } owner) meta["owner"] = owner;
        return Incident.Opening with { Meta = meta };
    }

    public KeptIncident ToKept(DeskClock clock) =>
        new(At(clock.Now), key.Key, Rank, [.. Restored, .. Tellings.Select(telling => telling.ToKept(clock))])
        {
            PausedSince = clock.ToCalendar(PausedSince),
            Settles = Settles is { } settles ? (clock.ToCalendar(settles.At), settles.Because, settles.Event) : null,
            IsDone = !IsOpen && Tellings.Count == 0 && Restored.Count == 0 && HushesUntil is null,
        };
}
