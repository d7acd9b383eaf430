using Godot.Common;

namespace Godot;

/// <summary>
/// A trouble, from its opening to its end: what an alert knows of one key, such as one host and service. A copy of a moment; it does not
/// change.
/// </summary>
public sealed record Incident
{
    /// <summary>
    /// 32 digits that no other incident has, the same at every notice, on every retry and after a restart: by it a receiver puts together
    /// what belongs together.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The name of the reactor whose alert it is.</summary>
    public required string Reactor { get; init; }

    /// <summary>The identity of the <c>Alert</c> in it, as metrics call it.</summary>
    public required string Step { get; init; }

    /// <summary>
    /// Whose it is: host and service, the fields of the <c>By</c> around the alert (<c>meta.rack</c> of <c>Field.Meta("rack")</c>), or
    /// nothing inside <c>Across</c>.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Key { get; init; }

    /// <summary>How many incidents this key has had, this one included.</summary>
    public required int Episode { get; init; }

    /// <summary>How bad it is, at the worst so far: <c>critical</c>, <c>warning</c>, <c>expired</c>, or a word of the rule's.</summary>
    public required string Severity { get; init; }

    /// <summary>How bad it was when it opened.</summary>
    public string OpenedAs { get; init; } = "";

    /// <summary>The event that opened it.</summary>
    public required Event Opening { get; init; }

    /// <summary>The last event that changed it: that opened it, made it worse, or ended it.</summary>
    public required Event Latest { get; init; }

    /// <summary>When it was opened, by the calendar.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>How long it has lasted, or did; never negative, whatever was done to the calendar.</summary>
    public TimeSpan Lasted { get; init; }

    /// <summary>Why it ended, such as <c>recovered</c>; null while it is open.</summary>
    public string? Ended { get; init; }

    /// <summary>True while it is good again, and not yet for long enough.</summary>
    public bool IsRecovering { get; init; }

    /// <summary>True if it is the last of many in a short time: it ends when all has been well for as long.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Who has taken it on; null if nobody has.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>What the rule says of it: labels, an owner, where to read what to do.</summary>
    public AlertLabels Labels { get; init; } = AlertLabels.None;

    /// <summary>
    /// Whose it is in a few words: service and host, or the key's values; the reactor's name if there is no key, or nothing in it.
    /// </summary>
    public string Name => NameOf(Reactor, Key);

    internal static string NameOf(string reactor, IReadOnlyList<KeyValuePair<string, string>> key) =>
        key.Count == 0 ? reactor
        : key is not [{ Key: "host", Value: var host }, { Key: "service", Value: var service }]
            ? $"{reactor} {string.Join(' ', key.Select(part => part.Value))}"
        : host.Length + service.Length == 0 ? reactor
        : $"{service} {host}".Trim();
}

/// <summary>That somebody has taken an incident on.</summary>
/// <param name="By">Who.</param>
/// <param name="Note">What they say to it.</param>
/// <param name="Until">Until when; null: until it is over, or gets worse.</param>
public sealed record Acknowledgement(string By, string? Note = null, DateTimeOffset? Until = null);

/// <summary>What a rule says of its incidents besides their severity.</summary>
/// <param name="Labels">Names and values that silences go by and notices show.</param>
/// <param name="Owner">Who looks after it.</param>
/// <param name="Runbook">Where it says what to do.</param>
public sealed record AlertLabels(IReadOnlyList<KeyValuePair<string, string>> Labels, string? Owner = null, string? Runbook = null)
{
    /// <summary>Nothing.</summary>
    public static AlertLabels None { get; } = new([]);
}

/// <summary>
/// What becomes of an incident. Nobody is told that it is recovering, acknowledged or no longer acknowledged: that stands in the ledger.
/// </summary>
public enum Transition
{
    /// <summary>It began.</summary>
    Opened,

    /// <summary>Its severity rose.</summary>
    Worse,

    /// <summary>It is good again, and not yet for long enough.</summary>
    Recovering,

    /// <summary>It is over.</summary>
    Resolved,

    /// <summary>Somebody has taken it on.</summary>
    Acknowledged,

    /// <summary>That is over, and the incident is not.</summary>
    AcknowledgementOver,

    /// <summary>Nobody has taken it on in time, and the next are told.</summary>
    Escalated,

    /// <summary>It still goes on.</summary>
    Reminded,
}

/// <summary>What a notification says of one incident.</summary>
/// <param name="Transition">What became of it.</param>
/// <param name="Incident">The incident, as it is then.</param>
public sealed record Notice(Transition Transition, Incident Incident)
{
    /// <summary>What the rule's own text says; null if it has none.</summary>
    public string? Text { get; init; }

    /// <summary>Why it comes later than it would have, such as <c>silenced by ann until 14:00</c>; null if it does not.</summary>
    public string? HeldBack { get; init; }

    /// <summary>
    /// True of an end that is told together with the opening: it was over before anybody could have got that.
    /// </summary>
    public bool TellsOpening { get; init; }

    /// <summary>The id of the message that told this recipient of the opening; null: none did, or this is it.</summary>
    public string? OpeningMessage { get; init; }

    /// <summary>The notice in a line: <c>opened critical cpu app</c>, <c>resolved after 35 min critical cpu app</c>.</summary>
    public string Title => Transition == Transition.Resolved
        ? $"{(TellsOpening ? "opened and " : "")}resolved after {Duration(Incident.Lasted)} {Incident.Severity} {Incident.Name}"
        : $"{Word(Transition)} {Incident.Severity} {Incident.Name}";

    /// <summary>When it is told, by the calendar.</summary>
    internal DateTimeOffset Time => Incident.Opened + Incident.Lasted;

    /// <summary>
    /// All that fits in a line: the title, why it ended if it has not just recovered, the rule's own text or else what the latest event
    /// says, and why it comes late.
    /// </summary>
    internal string Line
    {
        get
        {
            Event e = Incident.Latest;
            string said = Text ?? $"{(e.Metric is { } metric ? RecipeText.Of(metric) : "")} {e.Description}".Trim();
            return Title + (Incident.Ended is null or "recovered" ? "" : $" ({Incident.Ended})") + (said.Length > 0 ? $": {said}" : "")
                + (HeldBack is null ? "" : $" (late: {HeldBack})");
        }
    }

    /// <summary>The transition as people read it.</summary>
    public static string Word(Transition transition) => transition switch
    {
        Transition.Opened => "opened",
        Transition.Worse => "worse:",
        Transition.Recovering => "recovering",
        Transition.Resolved => "resolved",
        Transition.Acknowledged => "acknowledged",
        Transition.AcknowledgementOver => "no longer acknowledged:",
        Transition.Escalated => "escalated",
        Transition.Reminded => "still",
        _ => throw new ArgumentOutOfRangeException(nameof(transition)),
    };

    /// <summary>A duration as people say it, in its two largest units: <c>35 min</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1) ? FormattableString.Invariant($"{Math.Max(0, (int)time.TotalSeconds)} s")
        : time < TimeSpan.FromHours(1) ? Two((int)time.TotalMinutes, "min", time.Seconds, "s")
        : time < TimeSpan.FromDays(1) ? Two((int)time.TotalHours, "h", time.Minutes, "min")
        : Two((int)time.TotalDays, "d", time.Hours, "h");

    static string Two(int large, string largeUnit, int small, string smallUnit) =>
        FormattableString.Invariant($"{large} {largeUnit}{(small == 0 ? "" : FormattableString.Invariant($" {small} {smallUnit}"))}");
}
