using Godot.Events;
using Godot.Memory;
using Godot.Stages;

namespace Godot.Alerting;

/// <summary>
/// Watches each key: what its events say, whether that holds for long enough, and, where the rule asks for it, whether it says anything at
/// all. Tells the desk when that changes, and emits nothing.
/// </summary>
/// <remarks>What is open is the store's to remember; here only what is on the way is saved.</remarks>
sealed partial class AlertStage(AlertRule rule, AlertPort port) : KeepingStage<AlertStage.State>
{
    public const string Recovered = "recovered", HeardAgain = "heard again", SeriesGone = "series gone", NoDataCame = "no data",
        ByHand = "by hand";

    // Of the last level of any key: one that was forgotten and comes again goes on from there.
    long lastNumber;

    public struct State : IKeepsEvent<State>
    {
        public static ref StoredEvent EventOf(ref State state) => ref state.Last;

        // Null while it is well, or nothing is known.
        public Trouble? Trouble;

        // The last event, where silence counts or something is on the way.
        public StoredEvent Last;

        // When the silence is too long, or the series gone.
        public Deadline Silence;

        // How often it was bad and well again before that counted, and when last.
        public int TooShort;
        public long LastTooShort;

        // Of a key that is a tuple: its events need not say it any more.
        public KeyName? Name;
    }

    /// <summary>A key that is not well, or was not a moment ago.</summary>
    public sealed class Trouble(int ranks)
    {
        /// <summary>One of the severities, and whether it, or a worse one, holds.</summary>
        public struct Rung
        {
            public bool Holds, IsLongEnough;
            public int Times;
            public Deadline Enough;
            public string Severity;
        }

        public readonly Rung[] Rungs = new Rung[ranks];

        // What the desk was told; 0: nothing.
        public int Open;
        public string Severity = "";

        // On the way to its end.
        public Deadline Well;
        public int TimesWell;
        public bool IsRecovering, IsWellLongEnough;

        // It was opened by an event with a metric.
        public bool HadMetric;

        // Taken up from the store, and not heard since.
        public bool Unheard;
    }

    protected internal override string? StateShape => "";

    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    internal override bool NamesKeys => !port.BySeries && port.Fields.Count > 0;

    internal override void OnKey(int key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        StateOf(key).Name = new KeyName(first.ToArray(), second.ToArray());

    protected override void On(EventView e, ref State state)
    {
        Look(ref state);
        Verdict verdict = rule.Of(e);
        bool lacksMetric = rule.NeedsMetric && state.Trouble is { Open: > 0, HadMetric: true } && e.Metric is null;
        if (verdict.Sign == Sign.None || (verdict.Sign == Sign.Well && lacksMetric))
        {
            // It says nothing of the condition, but is no silence; that somebody else waits in vain is.
            if (rule.SilentFor is null) Await(ref state);
            return;
        }
        bool wasUnheard = state.Trouble is { Unheard: true };
        long before = lastNumber;
        switch (verdict.Sign)
        {
            case Sign.Bad:
                Bad(e, verdict, ref state);
                break;
            case Sign.Between:
                Break(e, ref state);
                break;
            default:
                Well(e, ref state);
                break;
        }
        Watch(e, ref state);
        if (!wasUnheard || state.Trouble is not { } known) return;
        // The desk waits to hear how it is now.
        known.Unheard = false;
        if (lastNumber == before) Hand(e, "", ref state);
    }

    private protected override void OnExpected(EventView e, ref State state) =>
        Watch(e with { Description = Unheard.NeverSeen }, ref state);

    protected override void OnWake(ref State state) => Look(ref state);

    /// <summary>The store has an open incident of this key, from a time before this engine.</summary>
    public void Impose(int rank, Incident incident)
    {
        ref State state = ref StateOf(Host.Key);
        state.Trouble = new Trouble(rule.Ranks)
        {
            Open = Math.Clamp((rank + 1) / 2, 1, rule.Ranks),
            Severity = incident.Severity,
            HadMetric = (incident.Opening.Metric ?? incident.Latest.Metric) is not null,
            Unheard = true,
        };
        Keep(incident.Latest, ref state);
        state.Silence.Set(this, rule.SilentFor is null ? Silence(in state)!.Value : ForgetAfter);
    }

    /// <summary>Somebody has ended the incident by hand: what is bad must hold for long enough once more, who is silent be heard.</summary>
    public void Rearm()
    {
        ref State state = ref StateOf(Host.Key);
        bool open = state.Trouble is { Open: > 0 };
        state.Trouble = null;
        state.Silence.Clear();
        // What it had said on the way of what is no more is taken back.
        if (open) Hand(Kept(in state), ByHand, ref state);
    }

    // Whatever time brought since.
    void Look(ref State state)
    {
        if (state.Trouble is { } trouble)
        {
            bool changed = false;
            for (int i = 0; i < trouble.Rungs.Length; i++)
            {
                ref Trouble.Rung rung = ref trouble.Rungs[i];
                if (!rung.Enough.HasCome(this)) continue;
                rung.IsLongEnough = changed = true;
            }
            if (changed) Rise(Kept(in state), ref state);
            if (trouble.Well.HasCome(this))
            {
                trouble.IsWellLongEnough = true;
                EndIfWell(Kept(in state), ref state);
            }
        }
        if (state.Silence.HasCome(this, out TimeSpan unheard)) Silent(Unheard.Mark(Kept(in state), unheard), ref state);
    }

    void Bad(EventView e, Verdict verdict, ref State state)
    {
        Trouble trouble = state.Trouble ??= new Trouble(rule.Ranks);
        NotWell(e, ref state);
        for (int i = 0; i < trouble.Rungs.Length; i++)
        {
            ref Trouble.Rung rung = ref trouble.Rungs[i];
            if (i >= verdict.Rank) Break(ref rung);
            else Hold(ref rung, i == verdict.Rank - 1 ? verdict.Severity : null, i + 1);
        }
        Rise(e, ref state);
    }

    // Without a word of its own, a severity counts because a worse one does.
    void Hold(ref Trouble.Rung rung, string? severity, int rank)
    {
        if (!rung.Holds && rule.After > TimeSpan.Zero) rung.Enough.Set(this, rule.After);
        rung.Severity = severity ?? (rung.Holds ? rung.Severity : rule.SeverityOf(rank));
        (rung.Holds, rung.Times) = (true, rung.Times + 1);
        rung.IsLongEnough |= rule.After == TimeSpan.Zero;
    }

    static void Break(ref Trouble.Rung rung)
    {
        rung.Enough.Clear();
        (rung.Holds, rung.IsLongEnough, rung.Times) = (false, false, 0);
    }

    // The worst that has held for long enough.
    void Rise(EventView e, ref State state)
    {
        Trouble trouble = state.Trouble!;
        // That nobody knew how bad it is, is over.
        int open = trouble.Severity == NoDataCame ? trouble.Open - 1 : trouble.Open;
        for (int rank = trouble.Rungs.Length; rank > open; rank--)
        {
            ref Trouble.Rung rung = ref trouble.Rungs[rank - 1];
            if (!rung.Holds || !rung.IsLongEnough || rung.Times < rule.Times) continue;
            (trouble.Open, trouble.Severity) = (rank, rung.Severity);
            trouble.HadMetric |= e.Metric is not null;
            Hand(e, "", ref state);
            if (!state.Silence.IsSet) Await(ref state);
            return;
        }
    }

    void Break(EventView e, ref State state)
    {
        if (state.Trouble is not { } trouble) return;
        foreach (ref Trouble.Rung rung in trouble.Rungs.AsSpan()) Break(ref rung);
        if (trouble.Open == 0) Forget(ref state);
        else NotWell(e, ref state);
    }

    void Well(EventView e, ref State state)
    {
        if (state.Trouble is not { } trouble) return;
        foreach (ref Trouble.Rung rung in trouble.Rungs.AsSpan()) Break(ref rung);
        if (trouble.Open == 0)
        {
            Forget(ref state);
            return;
        }
        trouble.TimesWell++;
        if (trouble.TimesWell == 1 && rule.ClearAfter > TimeSpan.Zero) trouble.Well.Set(this, rule.ClearAfter);
        trouble.IsWellLongEnough |= rule.ClearAfter == TimeSpan.Zero;
        if (EndIfWell(e, ref state) || trouble.IsRecovering) return;
        trouble.IsRecovering = true;
        Hand(e, "", ref state);
    }

    // It was too short to open anything: counted, so that somebody can ask why nothing was told.
    void Forget(ref State state)
    {
        state.Trouble = null;
        (state.TooShort, state.LastTooShort) = (state.TooShort + 1, UtcNow);
    }

    bool EndIfWell(EventView e, ref State state)
    {
        Trouble trouble = state.Trouble!;
        if (!trouble.IsWellLongEnough || trouble.TimesWell < rule.ClearTimes) return false;
        End(e, rule.SilentFor is null && trouble.Severity != NoDataCame ? Recovered : HeardAgain, ref state);
        return true;
    }

    void NotWell(EventView e, ref State state)
    {
        Trouble trouble = state.Trouble!;
        if (trouble.TimesWell == 0) return;
        trouble.Well.Clear();
        (trouble.TimesWell, trouble.IsWellLongEnough) = (0, false);
        if (!trouble.IsRecovering) return;
        trouble.IsRecovering = false;
        Hand(e, "", ref state);
    }

    void Silent(EventView e, ref State state)
    {
        bool open = state.Trouble is { Open: > 0 };
        EventView now = e with { Time = Clock.GetUtcNow() };
        if (rule.SilentFor is not null && !open) Open(now with { State = SilenceRule.Severity }, 1, SilenceRule.Severity, ref state);
        else if (rule.SilentFor is not null && state.Trouble!.TimesWell > 0) NotWell(now, ref state);
        else if (rule.NoData.Opening && state.Trouble?.Severity != NoDataCame) Open(now, rule.Ranks, NoDataCame, ref state);
        else if (open) End(now, rule.NoData is { After: not null, Opening: false } ? NoDataCame : SeriesGone, ref state);
        if (state.Trouble is { Open: > 0 }) state.Silence.Set(this, ForgetAfter);
    }

    void Open(EventView e, int rank, string severity, ref State state)
    {
        Trouble trouble = state.Trouble ??= new Trouble(rule.Ranks);
        (trouble.Open, trouble.Severity) = (rank, severity);
        Hand(e, "", ref state);
    }

    void End(EventView e, string because, ref State state)
    {
        state.Trouble = null;
        Hand(e, because, ref state);
    }

    // The event is kept where something may come of it without another one.
    void Watch(EventView e, ref State state)
    {
        if (Silence(in state) is not { } time)
        {
            state.Silence.Clear();
            LetGo(ref state);
            return;
        }
        Keep(e, ref state);
        state.Silence.Set(this, time);
    }

    // It was heard now.
    void Await(ref State state)
    {
        if (!state.Silence.IsSet && state.Trouble is null) return;
        if (Silence(in state) is { } time) state.Silence.Set(this, time);
    }

    // For how long it may be silent from now on; null: nobody waits for it.
    TimeSpan? Silence(ref readonly State state) =>
        rule.SilentFor ?? (state.Trouble is { Severity: NoDataCame } ? ForgetAfter : rule.NoData.After)
            ?? (state.Trouble is null ? null : ForgetAfter);

    void Hand(EventView e, string because, ref State state)
    {
        Trouble? trouble = state.Trouble;
        port.Hand(NameOf(e), new Level(Host.Order, ++lastNumber, RankOf(trouble), trouble?.Severity ?? "", because, e.ToEvent(),
            trouble?.IsRecovering ?? false));
    }

    // To hear nothing is worse than all but the worst.
    static int RankOf(Trouble? trouble) =>
        trouble is null or { Open: 0 } ? 0 : 2 * trouble.Open - (trouble.Severity == NoDataCame ? 1 : 0);

    KeyName NameOf(EventView e) => port.Fields.Count == 0 ? KeyName.Only
        : port.BySeries ? new KeyName(SeriesKey.Text(e, FieldSet.Host).ToArray(), SeriesKey.Text(e, FieldSet.Service).ToArray())
        : StateOf(Host.Key).Name!;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (state.Trouble is null && !state.Silence.IsSet) return;
        writer.Write(Kept(in state));
        state.Silence.Save(this, writer);
        Trouble trouble = state.Trouble ?? new Trouble(rule.Ranks);
        writer.Write(trouble.Rungs.Length);
        foreach (Trouble.Rung rung in trouble.Rungs)
        {
            writer.Write(rung.Holds);
            writer.Write(rung.IsLongEnough);
            writer.Write(rung.Times);
            writer.Write(rung.Severity);
            rung.Enough.Save(this, writer);
        }
        writer.Write(trouble.TimesWell);
        writer.Write(trouble.IsWellLongEnough);
        trouble.Well.Save(this, writer);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        Keep(reader.ReadEvent(), ref state);
        state.Silence.Load(this, reader);
        // What the store says stands already.
        Trouble trouble = state.Trouble ?? new Trouble(rule.Ranks);
        int ranks = reader.ReadInt32();
        Trouble.Rung unknown = default;
        for (int i = 0; i < ranks; i++) Load(ref i < trouble.Rungs.Length ? ref trouble.Rungs[i] : ref unknown, reader);
        (trouble.TimesWell, trouble.IsWellLongEnough) = (reader.ReadInt32(), reader.ReadBoolean());
        trouble.Well.Load(this, reader);
        bool nothing = trouble.Open == 0 && !trouble.Rungs.Any(rung => rung.Holds);
        state.Trouble = nothing ? null : trouble;
        if (trouble.Open == 0) (trouble.TimesWell, trouble.IsWellLongEnough) = (0, false);
        if (trouble.Open == 0) trouble.Well.Clear();
    }

    void Load(ref Trouble.Rung rung, StateReader reader)
    {
        (rung.Holds, rung.IsLongEnough, rung.Times) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadInt32());
        rung.Severity = reader.ReadString() ?? "";
        rung.Enough.Load(this, reader);
    }

    protected override bool MayForget(ref readonly State state) => state.Trouble is null && !state.Silence.IsSet;
}
