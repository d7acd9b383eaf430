namespace Godot;

/// <summary>Open incidents, oldest first.</summary>
/// <param name="Total">How many are open; more than are here if the limit left some out.</param>
sealed record ApiIncidents(int Total, IReadOnlyList<ApiIncident> Incidents);

/// <summary>An incident. What is absent is not known, or not so.</summary>
/// <param name="Key">Whose it is: host and service, or what the alert is kept by.</param>
/// <param name="Opening">The event that opened it; only where one incident is asked for.</param>
/// <param name="Latest">The event that changed it last; only where one incident is asked for.</param>
sealed record ApiIncident(string Id, string Reactor, string Name, IReadOnlyDictionary<string, string> Key, int Episode, string Severity,
    string OpenedAs, DateTimeOffset Opened, double LastedSeconds, bool Recovering, bool Flapping, ApiAcknowledgement? Acknowledged,
    IReadOnlyDictionary<string, string> Labels, string? Owner, string? Runbook, Event? Opening = null, Event? Latest = null)
{
    public static ApiIncident Of(Incident one, bool withEvents = false) => new(one.Id, one.Reactor, one.Name, Pairs(one.Key), one.Episode,
        one.Severity, one.OpenedAs, one.Opened.ToUniversalTime(), one.Lasted.TotalSeconds, one.IsRecovering, one.IsFlapping,
        one.Acknowledged is { } by ? new(by.By, by.Note, by.Until?.ToUniversalTime()) : null, Pairs(one.Labels.Labels), one.Labels.Owner,
        one.Labels.Runbook, withEvents ? one.Opening : null, withEvents ? one.Latest : null);

    // A name that comes twice is said once.
    static Dictionary<string, string> Pairs(IReadOnlyList<KeyValuePair<string, string>> pairs) =>
        pairs.GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Last().Value);
}

/// <summary>Who has taken an incident on.</summary>
sealed record ApiAcknowledgement(string By, string? Note, DateTimeOffset? Until);

/// <summary>What became of an incident so far; one that is over has its ledger alone.</summary>
/// <param name="NotTold">Why nobody was told of it; absent if somebody was.</param>
/// <param name="Next">What comes next of it by itself.</param>
/// <param name="Ledger">What was decided on it, oldest first; the last 1000 lines.</param>
sealed record ApiStory(string Id, bool Open, ApiIncident? Incident, string? NotTold, ApiMoment? Next, IReadOnlyList<ApiLedgerLine> Ledger)
{
    public static ApiStory Of(IncidentExplanation one) => new(one.Incident.Id, true, ApiIncident.Of(one.Incident, withEvents: true),
        one.NotTold, ApiMoment.Of(one.Next), [.. one.Ledger.Select(ApiLedgerLine.Of)]);
}

/// <summary>When something is looked at again, and what.</summary>
sealed record ApiMoment(DateTimeOffset At, string What)
{
    public static ApiMoment? Of(NextMoment? next) => next is null ? null : new(next.At.ToUniversalTime(), next.What);
}

/// <summary>What was done to incidents.</summary>
/// <param name="Incidents">Those that it was done to; of a command that came before, the open ones that it means.</param>
/// <param name="Repeated">The command came before, and did nothing now.</param>
sealed record ApiDone(IReadOnlyList<ApiIncident> Incidents, bool Repeated);

/// <summary>The silences that have not ended, the one that ends first in front.</summary>
sealed record ApiSilences(IReadOnlyList<ApiSilence> Silences);

/// <summary>A silence.</summary>
/// <param name="Hushes">How many open incidents it hushes now.</param>
sealed record ApiSilence(string Id, string Query, string By, string? Reason, DateTimeOffset From, DateTimeOffset Until, int Hushes)
{
    public static ApiSilence Of(Silence one, int hushes) => new(one.Id, one.Query.ToString(), one.By, one.Reason,
        one.From.ToUniversalTime(), one.Until.ToUniversalTime(), hushes);
}

/// <summary>A silence that was made, or would be, and what it hushes now.</summary>
/// <param name="Silence">Absent of a preview.</param>
/// <param name="Total">How many open incidents it hushes; the first 1000 are here.</param>
/// <param name="Repeated">The command came before, and made none now.</param>
sealed record ApiHushed(ApiSilence? Silence, int Total, IReadOnlyList<ApiIncident> Incidents, bool Repeated);

/// <summary>Lines of the ledger, oldest first.</summary>
sealed record ApiLedger(IReadOnlyList<ApiLedgerLine> Lines);

/// <summary>A decision, also one not to tell.</summary>
sealed record ApiLedgerLine(DateTimeOffset Time, string What, string? Reactor, string? Name, string? Incident, string? Channel,
    string? Because)
{
    public static ApiLedgerLine Of(LedgerLine line) => new(line.Time.ToUniversalTime(), line.What, line.Reactor, line.Name, line.Incident,
        line.Channel, line.Because);

    public LedgerLine ToLine() =>
        new(Time, What) { Reactor = Reactor, Name = Name, Incident = Incident, Channel = Channel, Because = Because };
}

/// <summary>Who may be told by alerts that run.</summary>
sealed record ApiChannels(IReadOnlyList<ApiChannel> Channels);

/// <summary>A channel, and the reactors whose alerts may be told there.</summary>
sealed record ApiChannel(string Name, IReadOnlyList<string> Reactors);

/// <summary>Why somebody was told of a host's service, or not.</summary>
/// <param name="Reactors">The reactors that its events reach.</param>
/// <param name="Others">Those that they do not reach, each with the step that stops them.</param>
/// <param name="Earlier">What was decided on its incidents that are over, the last lines.</param>
/// <param name="NobodyTold">The one reason why nobody is told now.</param>
/// <param name="Text">All of it for people, a line each.</param>
sealed record ApiWhy(string? Host, string? Service, DateTimeOffset At, IReadOnlyList<ApiReached> Reactors, IReadOnlyList<ApiStopped> Others,
    IReadOnlyList<ApiStory> Incidents, IReadOnlyList<ApiLedgerLine> Earlier, ApiMoment? Next, string? NobodyTold, string Text)
{
    public static ApiWhy Of(Explanation why) => new(why.Host, why.Service, why.At.ToUniversalTime(),
        [.. why.Reactors.Select(one => new ApiReached(one.Name, [.. one.Steps.Select(ApiStep.Of)]))],
        [.. why.Others.Select(one => new ApiStopped(one.Name, ApiStep.Of(one.StoppedBy!)))], [.. why.Incidents.Select(ApiStory.Of)],
        [.. why.Earlier.Select(ApiLedgerLine.Of)], ApiMoment.Of(why.Next), why.NobodyTold, why.ToString());
}

/// <summary>A reactor that is reached, and its steps in the order in which it is read.</summary>
sealed record ApiReached(string Name, IReadOnlyList<ApiStep> Steps);

/// <summary>A reactor that is not reached.</summary>
sealed record ApiStopped(string Name, ApiStep StoppedBy);

/// <summary>A step of a reactor.</summary>
/// <param name="Text">The verb as it was written.</param>
/// <param name="Holds">What it holds for the series, in words.</param>
/// <param name="Handled">How many events were handed to it, of all keys.</param>
sealed record ApiStep(string Id, string Text, string? Holds, long? Handled)
{
    public static ApiStep Of(StepExplanation step) => new(step.Id, step.Text, step.Holds, step.Handled);
}
