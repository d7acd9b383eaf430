namespace Godot.Alerting;

/// <summary>
/// Where open incidents, silences and the ledger are kept. It outlives the engine, so that an incident outlives a restart. What one commit
/// holds is kept wholly or not at all.
/// </summary>
/// <remarks>Called by one thread at a time, but for the ledger, which is asked from any thread.</remarks>
interface IAlertStore
{
    /// <summary>How many dead letters are kept: those that died last.</summary>
    const int MostDead = 1000;

    /// <summary>What was kept, for an engine that starts.</summary>
    Kept Load();

    /// <summary>What is known of a key, whether it has an incident or not; never forgotten.</summary>
    KeptKey KeyOf(string key);

    /// <summary>Keeps what one turn of the desk decided. When it returns, it is kept.</summary>
    void Commit(Decisions decisions);

    /// <summary>What is decided and not delivered, dead letters among it: the oldest first.</summary>
    IReadOnlyList<KeptMessage> Outbox();

    /// <summary>The last lines of the ledger that are meant, oldest first. No commit waits for it for long.</summary>
    IReadOnlyList<LedgerLine> Ledger(LedgerQuery query);
}

/// <summary>What a store has for an engine that starts.</summary>
sealed record Kept(IReadOnlyList<KeptIncident> Open, IReadOnlyList<Silence> Silences,
    IReadOnlyDictionary<string, DateTimeOffset> Commands)
{
    /// <summary>Which message told of an incident's opening.</summary>
    public required IReadOnlyDictionary<ToldOver, string> Openings { get; init; }
}

/// <summary>An incident, and a channel over which its opening was told.</summary>
readonly record struct ToldOver(string Incident, string Channel);

/// <summary>What one turn of the desk decided.</summary>
sealed class Decisions
{
    /// <summary>Incidents as they are now, by their id; those of which nothing is left to tell are kept no longer.</summary>
    public Dictionary<string, KeptIncident> Incidents { get; } = [];

    /// <summary>Silences as they are now, by their id; null: over.</summary>
    public Dictionary<string, Silence?> Silences { get; } = [];

    /// <summary>Commands that were carried out, and when, by their id; null: so long ago that nobody sends them again.</summary>
    public Dictionary<string, DateTimeOffset?> Commands { get; } = [];

    /// <summary>Rows of the outbox as they are now, by their id; null: delivered, dropped, or part of another.</summary>
    public Dictionary<string, KeptMessage?> Outbox { get; } = [];

    /// <summary>Which messages told of openings; null: the end has been told as well, or nobody has that message.</summary>
    public Dictionary<ToldOver, string?> Openings { get; } = [];

    public List<LedgerLine> Ledger { get; } = [];

    public bool IsEmpty => Incidents.Count == 0 && Silences.Count == 0 && Commands.Count == 0 && Outbox.Count == 0 && Openings.Count == 0
        && Ledger.Count == 0;
}

/// <summary>An incident, with all that is needed to go on with it. Moments are by the calendar: an engine's clock ends with it.</summary>
/// <param name="Incident">As people see it.</param>
/// <param name="Key">What names its key.</param>
/// <param name="Rank">Its severity, as the rule counts.</param>
/// <param name="Telling">Who is told.</param>
sealed record KeptIncident(Incident Incident, KeyName Key, int Rank, IReadOnlyList<KeptTelling> Telling)
{
    /// <summary>When its key has opened lately, this incident included.</summary>
    public IReadOnlyList<DateTimeOffset> Openings { get; init; } = [];

    /// <summary>Since when its clocks stand still because somebody has taken it on; null: they do not.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>Of a flapping key that is well: when it will have been so for long enough, why, and the event that said so.</summary>
    public (DateTimeOffset At, string Because, Event Event)? Settles { get; init; }

    /// <summary>It is over, and everybody who is to hear that has been told.</summary>
    public bool IsDone { get; init; }
}

/// <summary>What is known of a key.</summary>
/// <param name="Episodes">How many incidents it has had.</param>
/// <param name="Openings">When the last ones opened.</param>
sealed record KeptKey(int Episodes, IReadOnlyList<DateTimeOffset> Openings)
{
    public static readonly KeptKey New = new(0, []);
}

/// <summary>What a policy has told of an incident, and what is to come.</summary>
/// <param name="Path">Which policy: <c>0</c> for the first of the alert, by escalation <c>0.1</c>.</param>
/// <param name="ToldRank">The severity that was told last; 0 if nothing was.</param>
/// <param name="FirstTold">When it first was.</param>
/// <param name="RepeatAt">When it is told again; null if it is not.</param>
/// <param name="Escalated">How many of its steps were taken.</param>
sealed record KeptTelling(string Path, int ToldRank, DateTimeOffset? FirstTold, DateTimeOffset? RepeatAt, int Escalated)
{
    /// <summary>Why it was held back when that was last written down; null: it was not.</summary>
    public string? HeldBy { get; init; }

    /// <summary>When the group in which it is told last told anything; null: it has not.</summary>
    public DateTimeOffset? GroupTold { get; init; }
}
