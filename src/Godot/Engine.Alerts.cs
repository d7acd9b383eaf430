using Godot.Alerting;
using Godot.Common;

namespace Godot;

/// <summary>What people ask and tell about alerts.</summary>
public sealed partial class Engine
{
    /// <summary>Somebody said something, and it is kept: as the event that a recording has of it. No reactor sees it.</summary>
    internal event Action<Event>? Commanded;

    /// <summary>The incidents that are open, oldest first.</summary>
    public IReadOnlyList<Incident> Incidents => Alerts.Desk.Open;

    /// <summary>The silences that have not ended, the one that ends first in front.</summary>
    public IReadOnlyList<Silence> Silences => Alerts.Desk.Silences;

    /// <summary>What was decided about alerts, the last lines, oldest first.</summary>
    /// <param name="query">Which; default: the last 1000.</param>
    /// <exception cref="ArgumentException">The limit is below zero.</exception>
    public IReadOnlyList<LedgerLine> Ledger(LedgerQuery? query = null) => Alerts.Desk.Ledger((query ?? new LedgerQuery()).Checked());

    /// <summary>
    /// Somebody takes incidents on. Nobody is told of them again meanwhile, nor the next; it ends with its time, when an incident gets
    /// worse, and when it is over. When this returns, it is kept.
    /// </summary>
    /// <param name="which">An incident's id, or a reactor's name for all that are open of it.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What they say to it.</param>
    /// <param name="until">For how long. Default: until it is over.</param>
    /// <param name="command">
    /// Tells it from other commands: one that comes twice does nothing the second time. Default: one of its own.
    /// </param>
    /// <returns>The incidents that they took on; none if there is none of this name, or the command came before.</returns>
    /// <exception cref="ArgumentException">Nobody is named, or the time is not longer than zero.</exception>
    public IReadOnlyList<Incident> Acknowledge(string which, string by, string? note = null, TimeSpan? until = null, string? command = null)
    {
        CheckCommand(which, by);
        if (until is { } time) RecipeRules.Positive(time, "The time of an acknowledgement", nameof(until));
        return CarryOut(new Command(Command.Acknowledge, command ?? NewId(), by)
        {
            Which = which, Note = note, Until = TimeProvider.GetUtcNow() + until,
        }).Incidents ?? [];
    }

    /// <summary>
    /// Ends incidents by hand. Who was told hears that. What is still bad opens a new one once it has held for as long as the rule asks; a
    /// key that is silent must be heard first.
    /// </summary>
    /// <inheritdoc cref="Acknowledge"/>
    /// <returns>The incidents that ended.</returns>
    public IReadOnlyList<Incident> Resolve(string which, string by, string? command = null)
    {
        CheckCommand(which, by);
        return CarryOut(new Command(Command.Resolve, command ?? NewId(), by) { Which = which }).Incidents ?? [];
    }

    /// <summary>
    /// Holds notices back for a time; incidents open and end all the same. What still burns at its end is told then, and who was told of an
    /// opening before hears of its end in between.
    /// </summary>
    /// <param name="query">
    /// Whose: asked of the events that opened the incidents, which have <c>reactor</c>, <c>severity</c>, <c>owner</c> and the alert's
    /// labels besides: <c>host = "app" and severity = "warning"</c>.
    /// </param>
    /// <param name="by">Who.</param>
    /// <param name="time">For how long.</param>
    /// <param name="reason">Why.</param>
    /// <param name="command">Tells it from other commands, and is the silence's id. Default: one of its own.</param>
    /// <returns>The silence, and the open incidents that it hushes now.</returns>
    /// <exception cref="ArgumentException">Nobody is named, or the time is not longer than zero.</exception>
    public (Silence Silence, IReadOnlyList<Incident> Hushed) Silence(Query query, string by, TimeSpan time, string? reason = null,
        string? command = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckCommand("silence", by);
        RecipeRules.Positive(time, "The time of a silence", nameof(time));
        DateTimeOffset now = TimeProvider.GetUtcNow();
        Command asked = new(Command.Silence, command ?? NewId(), by) { Query = query, Note = reason, Until = now + time };
        return (asked.ToSilence(now), CarryOut(asked).Incidents ?? []);
    }

    /// <summary>Ends a silence before its time. False if there is none of this id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who.</param>
    /// <param name="command">Tells it from other commands. Default: one of its own.</param>
    public bool EndSilence(string id, string by, string? command = null)
    {
        CheckCommand(id, by);
        return CarryOut(new Command(Command.EndSilence, command ?? NewId(), by) { Which = id }).Incidents is not null;
    }

    /// <summary>
    /// While an alert of some reactors has an incident open, those of others with the same values of some fields are held back, and for a
    /// minute after: <c>Inhibit("app-*", when: "db-down", equal: ["host"])</c>. To that end theirs wait ten seconds before the first
    /// notice.
    /// </summary>
    /// <param name="reactors">Whose notices are held back: a name or a glob.</param>
    /// <param name="when">Whose incidents do that: a name or a glob. A reactor never hushes itself.</param>
    /// <param name="equal">What the events that opened both must have in common.</param>
    /// <exception cref="ArgumentException">Alerts would hush each other in a circle.</exception>
    public void Inhibit(string reactors, string when, Fields equal)
    {
        RecipeRules.NotEmpty(reactors, "Inhibit's reactors", nameof(reactors));
        RecipeRules.NotEmpty(when, "Inhibit's when", nameof(when));
        ArgumentNullException.ThrowIfNull(equal);
        Alerts.Desk.Inhibit(new Inhibitions.Inhibition(reactors, when, [.. equal]));
    }

    /// <summary>Does what somebody said.</summary>
    internal Done CarryOut(Command command)
    {
        DateTimeOffset now = TimeProvider.GetUtcNow();
        Done done = Alerts.Do(command, now);
        if (done.Incidents is not null) Commanded?.Invoke(command.ToEvent(now));
        return done;
    }

    static void CheckCommand(string which, string by)
    {
        RefuseStages();
        RecipeRules.NotEmpty(which, "What is meant", nameof(which));
        RecipeRules.NotEmpty(by, "Who says so", nameof(by));
    }

    internal string NewId() => Guid.CreateVersion7(TimeProvider.GetUtcNow()).ToString("N");
}
