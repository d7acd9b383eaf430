namespace Godot;

/// <summary>Open incidents, oldest first.</summary>
/// <param name="Total">How many are open; more than are here if the limit left some out.</param>
sealed record ApiIncidents(int Total, IReadOnlyList<ApiIncident> Incidents);

/// <summary>An incident. What is absent is not known, or not so.</summary>
/// <param name="Key">Whose it is: host and service, or what the alert is kept by.</param>
/// <param name="Opening">The event that opened it; only where one incident is asked for.</param>
/// <param name="Latest">The event that changed it last; only where one incident is asked for.</param>
sealed record ApiIncident(string Id, string Reactor, string Name, IReadOnlyDictionary<string, string> Key, int Episode, string Severity,
    string OpenedAs, DateTimeOffset Opened, double LastedSeconds, bool Recovering, bool Flapping,
    IReadOnlyDictionary<string, string> Labels, string? Owner = null, string? Runbook = null, ApiAcknowledgement? Acknowledged = null,
    Event? Opening = null, Event? Latest = null)
{
    public static ApiIncident Of(Incident one, bool withEvents = false) => new(one.Id, one.Reactor, one.Name, Pairs(one.Key), one.Episode,
        one.Severity, one.OpenedAs, one.Opened, one.Lasted.TotalSeconds, one.IsRecovering, one.IsFlapping,
        Pairs(one.Labels.Labels), one.Labels.Owner, one.Labels.Runbook,
        one.Acknowledged is { } by ? new(by.By, by.Note, by.Until) : null, withEvents ? one.Opening : null, withEvents ? one.Latest : null);

    // A name that comes twice is said once.
    static Dictionary<string, string> Pairs(IReadOnlyList<KeyValuePair<string, string>> pairs) =>
        pairs.GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Last().Value);
}

/// <summary>Who has taken an incident on.</summary>
sealed record ApiAcknowledgement(string By, string? Note = null, DateTimeOffset? Until = null);

/// <summary>What became of an incident so far; one that is over has its ledger alone.</summary>
/// <param name="Ledger">What was decided on it, oldest first; the last 1000 lines.</param>
/// <param name="NotTold">Why nobody was told of it; absent if somebody was.</param>
/// <param name="Next">What comes next of it by itself.</param>
sealed record ApiStory(string Id, bool Open, IReadOnlyList<ApiLedgerLine> Ledger, ApiIncident? Incident = null, string? NotTold = null,
    ApiMoment? Next = null)
{
    public static ApiStory Of(IncidentExplanation one) => new(one.Incident.Id, true, [.. one.Ledger.Select(ApiLedgerLine.Of)],
        ApiIncident.Of(one.Incident, withEvents: true), one.NotTold, ApiMoment.Of(one.Next));
}

/// <summary>When something is looked at again, and what.</summary>
sealed record ApiMoment(DateTimeOffset At, string What)
{
    public static ApiMoment? Of(NextMoment? next) => next is null ? null : new(next.At, next.What);
}

/// <summary>What was done to incidents.</summary>
/// <param name="Incidents">Those that it was done to; of a command that came before, the open ones that it means.</param>
/// <param name="Repeated">The command came before, and did nothing now.</param>
sealed record ApiDone(IReadOnlyList<ApiIncident> Incidents, bool Repeated);

/// <summary>The silences that have not ended, the one that ends first in front.</summary>
sealed record ApiSilences(IReadOnlyList<ApiSilence> Silences);

/// <summary>A silence.</summary>
/// <param name="Hushes">How many open incidents it hushes now.</param>
sealed record ApiSilence(string Id, string Query, string By, DateTimeOffset From, DateTimeOffset Until, int Hushes, string? Reason = null)
{
    public static ApiSilence Of(Silence one, int hushes) =>
        new(one.Id, one.Query.ToString(), one.By, one.From, one.Until, hushes, one.Reason);
}

/// <summary>A silence that was made, or would be, and what it hushes now.</summary>
/// <param name="Total">How many open incidents it hushes; the first 1000 are here.</param>
/// <param name="Repeated">The command came before, and made none now.</param>
/// <param name="Silence">Absent of a preview.</param>
sealed record ApiHushed(int Total, IReadOnlyList<ApiIncident> Incidents, bool Repeated, ApiSilence? Silence = null);

/// <summary>Lines of the ledger, oldest first.</summary>
sealed record ApiLedger(IReadOnlyList<ApiLedgerLine> Lines);

/// <summary>A decision, also one not to tell.</summary>
sealed record ApiLedgerLine(DateTimeOffset Time, string What, string? Reactor = null, string? Name = null, string? Incident = null,
    string? Channel = null, string? Because = null)
{
    public static ApiLedgerLine Of(LedgerLine line) => new(line.Time, line.What, line.Reactor, line.Name, line.Incident,
        line.Channel, line.Because);

    public LedgerLine ToLine() =>
        new(Time, What) { Reactor = Reactor, Name = Name, Incident = Incident, Channel = Channel, Because = Because };
}

/// <summary>The ways out of the program, in the order of their names.</summary>
sealed record ApiChannels(IReadOnlyList<ApiChannel> Channels);

/// <summary>A way to tell people, or programs, as it stands; what is counted, is counted since the start.</summary>
/// <param name="Name">As the ledger calls it.</param>
/// <param name="Output">The kind of output.</param>
/// <param name="People">People read it: it can be tried with a test message.</param>
/// <param name="Reactors">Those whose alerts may be told there.</param>
/// <param name="Pending">Notifications that wait to be sent.</param>
/// <param name="Abandoned">Notifications that were given up: refused for good, or unsent at the stop.</param>
/// <param name="OldestUnsentSeconds">For how long the oldest of those that wait has waited.</param>
sealed record ApiChannel(string Name, string Output, bool People, IReadOnlyList<string> Reactors, int Pending, long Sent,
    long FailedAttempts, long Dropped, long Abandoned, double? OldestUnsentSeconds = null, DateTimeOffset? LastSuccess = null,
    DateTimeOffset? LastFailure = null, string? LastError = null)
{
    public static ApiChannel Of(ChannelInfo one, IReadOnlyList<string> reactors) => new(one.Name, one.Output, one.TellsPeople, reactors,
        one.Pending, one.Sent, one.FailedAttempts, one.Dropped, one.Abandoned, one.OldestUnsent?.TotalSeconds, one.LastSuccess,
        one.LastFailure, one.LastError);
}

/// <summary>What was decided and is not delivered, dead letters among it: the oldest first.</summary>
/// <param name="Total">How many there are; more than are here if the limit left some out.</param>
sealed record ApiOutbox(int Total, IReadOnlyList<ApiMessage> Messages);

/// <summary>A message that waits, is tried again, or is a dead letter.</summary>
/// <param name="Tells">What it tells, in a line.</param>
/// <param name="Since">When the first of what it tells was decided.</param>
/// <param name="Dead">It is not tried again: refused for good, too old, or its channel is gone from the program.</param>
/// <param name="NextAttempt">When it is tried again; absent: as soon as its turn comes, or, of a dead letter, never.</param>
sealed record ApiMessage(string Id, string Channel, string Tells, DateTimeOffset Since, double AgeSeconds, int Attempts, bool Dead,
    DateTimeOffset? NextAttempt = null, string? LastError = null)
{
    public static ApiMessage Of(OutboxMessage one) => new(one.Id, one.Channel, one.Tells, one.Since, one.Age.TotalSeconds, one.Attempts,
        one.IsDead, one.NextAttempt, one.LastError);
}

/// <summary>What became of a test message.</summary>
/// <param name="Sent">The other side has taken it.</param>
/// <param name="Failure">Why it did not.</param>
sealed record ApiTested(string Channel, bool Sent, double TookSeconds, string? Failure = null);

/// <summary>Why somebody was told of a host's service, or not.</summary>
/// <param name="Reactors">The reactors that its events reach.</param>
/// <param name="Others">Those that they do not reach, each with the step that stops them.</param>
/// <param name="Earlier">What was decided on its incidents that are over, the last lines.</param>
/// <param name="Text">All of it for people, a line each.</param>
/// <param name="NobodyTold">The one reason why nobody is told now.</param>
sealed record ApiWhy(DateTimeOffset At, IReadOnlyList<ApiReached> Reactors, IReadOnlyList<ApiStopped> Others,
    IReadOnlyList<ApiStory> Incidents, IReadOnlyList<ApiLedgerLine> Earlier, string Text, string? Host = null, string? Service = null,
    ApiMoment? Next = null, string? NobodyTold = null)
{
    public static ApiWhy Of(Explanation why) => new(why.At,
        [.. why.Reactors.Select(one => new ApiReached(one.Name, [.. one.Steps.Select(ApiStep.Of)]))],
        [.. why.Others.Select(one => new ApiStopped(one.Name, ApiStep.Of(one.StoppedBy!)))], [.. why.Incidents.Select(ApiStory.Of)],
        [.. why.Earlier.Select(ApiLedgerLine.Of)], why.ToString(), why.Host, why.Service, ApiMoment.Of(why.Next), why.NobodyTold);
}

/// <summary>A reactor that is reached, and its steps in the order in which it is read.</summary>
sealed record ApiReached(string Name, IReadOnlyList<ApiStep> Steps);

/// <summary>A reactor that is not reached.</summary>
sealed record ApiStopped(string Name, ApiStep StoppedBy);

/// <summary>A step of a reactor.</summary>
/// <param name="Text">The verb as it was written.</param>
/// <param name="Holds">What it holds for the series, in words.</param>
/// <param name="Handled">How many events were handed to it, of all keys.</param>
sealed record ApiStep(string Id, string Text, string? Holds = null, long? Handled = null)
{
    public static ApiStep Of(StepExplanation step) => new(step.Id, step.Text, step.Holds, step.Handled);
}
