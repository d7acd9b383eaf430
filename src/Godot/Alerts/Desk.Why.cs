namespace Godot.Alerting;

/// <summary>What is known of incidents, and why nobody was told of them.</summary>
sealed partial class Desk
{
    /// <summary>Open incidents, oldest first; without their ledger.</summary>
    public IReadOnlyList<IncidentExplanation> Why(Func<Incident, bool> isMeant)
    {
        lock (gate)
        {
            clock.Read();
            return [.. OldestFirst.Where(one => isMeant(one.Incident))
                .Select(one => new IncidentExplanation(one.At(clock.Now)) { NotTold = WhyNotTold(one), Next = NextOf(one) })];
        }
    }

    /// <summary>
    /// How many incidents are open, by severity. A word that an event chose counts as the severity that it ranks as, so that there are no
    /// more words than rules say; of a rule that does not run, as <c>unknown</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> OpenBySeverity()
    {
        Dictionary<string, int> counts = new() { ["critical"] = 0, ["warning"] = 0, [SilenceRule.Severity] = 0 };
        lock (gate)
        {
            foreach (Case one in open.Values)
            {
                string severity = one.Port?.Rule is not { } rule ? "unknown"
                    : rule is StateRule && one.Incident.Severity != AlertStage.NoDataCame ? rule.SeverityOf((one.Rank + 1) / 2)
                    : one.Incident.Severity;
                counts[severity] = counts.GetValueOrDefault(severity) + 1;
            }
        }
        return counts;
    }

    /// <summary>How many open incidents somebody has taken on.</summary>
    public int Acknowledged()
    {
        lock (gate) return open.Values.Count(one => one.Incident.Acknowledged is not null);
    }

    /// <summary>Who may be told by alerts that run, and by which reactors' alerts; both in the order of their names.</summary>
    public IReadOnlyList<(string Channel, IReadOnlyList<string> Reactors)> ChannelsInUse()
    {
        lock (gate)
            return [.. ports.SelectMany(port => port.Audiences.SelectMany(audience => AllOf(audience.Policy))
                    .Select(channel => (channel.Name, port.Reactor)))
                .GroupBy(one => one.Name, one => one.Reactor).OrderBy(its => its.Key, StringComparer.Ordinal)
                .Select(its => (its.Key, (IReadOnlyList<string>)[.. its.Distinct().Order(StringComparer.Ordinal)]))];
    }

    string? WhyNotTold(Case one)
    {
        if (one.Tellings.Exists(telling => telling.IsTold)) return null;
        if (one.Port is not { } port) return "its rule does not run any more";
        if (port.Audiences.Count == 0) return "its alert tells nobody: no output or policy stands behind it";
        if (one.Tellings.Count == 0) return $"none of its policies is told of {one.Incident.Severity}";
        return WhyNotTold(one.Tellings[0]);
    }

    string WhyNotTold(Telling telling)
    {
        if (HoldOf(telling) is not { } hold)
            return $"it waits for others of its group until {clock.ToCalendar(telling.Group.MayTellAt).UtcDateTime:HH:mm:ss} UTC";
        if (hold.Because is { } because) return because;
        return telling.Case.HeardBy > clock.Now ? "its key has not been heard since the start" : "it waits for what may hush it";
    }

    NextMoment? NextOf(Case one)
    {
        List<NextMoment> all = [];
        Acknowledgement? by = one.Incident.Acknowledged;
        Add(by?.Until, "no longer acknowledged");
        if (silences.Of(one, clock.Utc) is { } silence) Add(silence.Until, "no longer silenced");
        AddMoment(one.Settles?.At, "ends if it stays well");
        AddMoment(one.GoneAt, "ends, unless its rule runs again");
        foreach (Telling telling in one.Tellings)
        {
            AddMoment(telling.StepAt, "escalates");
            if (HoldOf(telling) is not { } hold) AddMoment(telling.IsTold ? telling.RepeatAt : telling.Group.MayTellAt, Told(telling));
            else if (hold.Because is null) AddMoment(hold.Until, Told(telling));
            foreach (Window window in telling.Policy.Windows) Add(window.EndAt(clock.Utc), "no longer muted");
        }
        return all.MinBy(next => next.At);

        void AddMoment(TimeSpan? moment, string what)
        {
            if (moment > clock.Now) Add(clock.ToCalendar(moment.Value), what);
        }

        void Add(DateTimeOffset? moment, string what)
        {
            if (moment is { } at) all.Add(new NextMoment(at, $"{one.Incident.Reactor}: {what}"));
        }

        static string Told(Telling telling) => telling.IsTold ? "told again" : "told";
    }
}
