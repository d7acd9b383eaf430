using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Watches for silence: when no event has come for a ttl, emits the last one with the state "expired" and the time of the verdict;
    /// once per silence, and again after the next event and the next silence. The ttl is each event's own, or the same for all:
    /// <c>Expire(TimeSpan.FromSeconds(60))</c>. Nothing else passes. Scope: each series.
    /// </summary>
    /// <remarks>
    /// A series is watched from its first event on; one that must exist from the start is named in <paramref name="expecting"/>. Where each
    /// event's own ttl counts, one without has that of the event before it, and a series that has never had one is not watched unless
    /// <paramref name="otherwise"/> is given. An event that arrives with the state "expired" is no sign of life and is dropped. Silence is
    /// measured by arrival, not by the events' own time, and time in which this monitor was itself stalled or overloaded does not count.
    /// After ten minutes of overload since its last event a silent series expires all the same, and
    /// <c>meta.monitor_overloaded_seconds</c> says so. What is watched is never forgotten, however long it takes. Memory: the last event
    /// per key. One timer per key, and only while it is alive.
    /// </remarks>
    /// <param name="ttl">
    /// How long a silence may be; the events' own ttl is then not looked at. Default: each event's own ttl.
    /// </param>
    /// <param name="grace">Added to the ttl. Default zero.</param>
    /// <param name="expecting">
    /// Series that must exist: one that no event came of within the ttl and grace after the start expires, too. Its event says so in the
    /// description.
    /// </param>
    /// <param name="otherwise">
    /// The ttl of series whose events have none, where each event's own ttl counts. Default: they are not watched.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A ttl is not longer than zero, grace is negative, both <paramref name="ttl"/> and <paramref name="otherwise"/> are given, or neither
    /// though series are expected, or a filter before it drops an expected series.
    /// </exception>
    public Reactor Expire(TimeSpan? ttl = null, TimeSpan grace = default, IEnumerable<(string Host, string Service)>? expecting = null,
        TimeSpan? otherwise = null)
    {
        if (ttl is { } all) RecipeRules.Positive(all, "Expire's ttl", nameof(ttl));
        if (otherwise is { } other) RecipeRules.Positive(other, "Expire's otherwise", nameof(otherwise));
        RecipeRules.NotNegative(grace, "Expire's grace", nameof(grace));
        if (ttl is not null && otherwise is not null)
            throw new ArgumentException(
                "Expire with a ttl for all has no use for one of series that have none; leave ttl or otherwise out.", nameof(otherwise));
        if (expecting is not null && ttl is null && otherwise is null)
            throw new ArgumentException(
                "A series that never came has no ttl of its own; say how long to wait for it: Expire(otherwise: TimeSpan.FromSeconds(60), "
                    + "expecting: …).", nameof(otherwise));
        List<string> texts = [];
        if (ttl is not null) texts.Add(RecipeText.Of(ttl.Value));
        if (otherwise is not null) texts.Add($"otherwise: {RecipeText.Of(otherwise.Value)}");
        if (grace > TimeSpan.Zero) texts.Add($"grace: {RecipeText.Of(grace)}");
        (string Host, string Service)[] expected = expecting is null ? [] : [.. expecting.Distinct()];
        foreach ((string host, string service) in expected) CheckReaches(host, service);
        if (expected.Length > 0) texts.Add($"expecting: [{string.Join(", ", expected.Select(Shown))}]");
        ExpireRule rule = new(ttl ?? otherwise, Own: ttl is null, grace);
        return Add(new StageStep($"Expire({string.Join(", ", texts)})", Scope.Series, () => new ExpireStage(rule))
        {
            Expecting = expected,
            Takes = new NotFilter([new FieldFilter(Field.State, "expired")]),
            Gives = new FieldFilter(Field.State, "expired"),
        });
    }

    static string Shown((string Host, string Service) series) => $"({RecipeText.Quote(series.Host)}, {RecipeText.Quote(series.Service)})";

    // An expected series that no event can come of would expire at every start.
    void CheckReaches(string host, string service)
    {
        ArgumentNullException.ThrowIfNull(host, "expecting");
        ArgumentNullException.ThrowIfNull(service, "expecting");
        foreach (Step step in Steps())
            if (step is FilterStep { Filter.OnSeries: true } filter && !filter.Filter.Passes(host, service))
                throw new ArgumentException(
                    $"Expire expects ({RecipeText.Quote(host)}, {RecipeText.Quote(service)}), which {filter} never passes; change one of "
                        + $"them.", nameof(host));
    }
}

/// <summary>How long a silence may be.</summary>
/// <param name="Ttl">
/// The ttl of all events, or, if they have their <paramref name="Own"/>, of series that never had one; null: those are not watched.
/// </param>
sealed record ExpireRule(TimeSpan? Ttl, bool Own, TimeSpan Grace);

sealed class ExpireStage(ExpireRule rule) : KeepingStage<ExpireStage.State>
{
    protected internal override string? StateShape => "";

    protected internal override TimeSpan Remembers => rule.Own ? ForgetAfter : TimeSpan.Zero;

    public struct State : IKeepsEvent<State>
    {
        public StoredEvent Last;

        // When the silence is too long; set while somebody is waited for.
        public Deadline Deadline;

        // Of the last event that had one, and 1 more; 0 before that. Not used if all have the same.
        public long TtlAndOne;

        public static ref StoredEvent EventOf(ref State state) => ref state.Last;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Is(FieldSet.State, "expired"u8)) return;
        if (rule.Own && e.Row.Has(FieldSet.Ttl)) state.TtlAndOne = e.Row.Ttl + 1;
        if ((state.TtlAndOne > 0 ? state.TtlAndOne - 1 : rule.Ttl?.Ticks) is not { } ttl) return;
        Keep(e, ref state);
        Watch(ref state, ttl);
    }

    private protected override void OnExpected(EventView e, ref State state)
    {
        Keep(e with { Description = Unheard.NeverSeen }, ref state);
        Watch(ref state, rule.Ttl!.Value.Ticks);
    }

    void Watch(ref State state, long ttl) =>
        state.Deadline.Set(this, new TimeSpan(Math.Min(ttl, RecipeRules.LongestTime.Ticks) + rule.Grace.Ticks));

    protected override void OnWake(ref State state)
    {
        if (!state.Deadline.HasCome(this, out TimeSpan unheard)) return;
        Send(Unheard.Mark(Kept(in state) with { State = "expired", Time = Clock.GetUtcNow() }, unheard));
    }

    protected override string? Describe(ref readonly State state)
    {
        if (!state.Deadline.IsSet) return "not watched until it is heard";
        long left = state.Deadline.Left(this), ttl = state.TtlAndOne > 0 ? state.TtlAndOne - 1 : rule.Ttl?.Ticks ?? 0;
        string heard = Kept(in state).Description == Unheard.NeverSeen
            ? "never heard" : $"heard {InWords.Time(Math.Max(0, ttl + rule.Grace.Ticks - left))} ago";
        return $"{heard}, expires in {InWords.Time(left)}";
    }

    private protected override long? DueIn(ref readonly State state) => state.Deadline.IsSet ? state.Deadline.Left(this) : null;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        writer.Write(state.TtlAndOne);
        state.Deadline.Save(this, writer);
        if (state.Deadline.IsSet) writer.Write(Kept(in state));
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state = new State { TtlAndOne = reader.ReadInt64() };
        state.Deadline.Load(this, reader);
        if (state.Deadline.IsSet) Keep(reader.ReadEvent(), ref state);
    }

    protected override bool MayForget(ref readonly State state) => !state.Deadline.IsSet;
}
