using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Recipes;
using Godot.Stages;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Holds events back and emits them as one batch at the end of each interval in which there were any. Scope: all.</summary>
    /// <remarks>
    /// The first interval begins with the first event; from then on they follow each other without a gap. A batch has at most
    /// <paramref name="limit"/> events, in order; the rest waits for the next intervals. While 100 batches wait, further events are lost in
    /// this reactor, counted and logged. When the server stops, everything is emitted. Memory: the events that wait.
    /// </remarks>
    /// <param name="interval">How long events are gathered.</param>
    /// <param name="limit">How many events a batch has at most. Default 100.</param>
    /// <exception cref="ArgumentException">The interval is not longer than zero, or the limit is below 1.</exception>
    public BatchReactor Rollup(TimeSpan interval, int limit = 100)
    {
        RecipeRules.Positive(interval, "Rollup's interval", nameof(interval));
        return Rollup(RecipeText.Of(interval), (_, _) => interval, limit, anewAfter: null);
    }

    /// <summary>
    /// Like <see cref="Rollup(TimeSpan, int)"/>, with an interval that may grow: the function is asked for it before each batch, with the
    /// number of batches that were emitted.
    /// </summary>
    /// <param name="interval">
    /// The interval before the next batch, longer than zero: <c>batches => TimeSpan.FromMinutes(batches &lt; 2 ? 1 : 60)</c>.
    /// </param>
    /// <param name="limit">How many events a batch has at most. Default 100.</param>
    /// <param name="anewAfter">
    /// When no event has come for so long, and none is held, it begins anew with the next: the function is asked as if no batch had been
    /// emitted, so that a new
    /// incident does not wait as long as the last bundles of the one before. Default: never.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The limit is below 1, or <paramref name="anewAfter"/> is not longer than zero.</exception>
    public BatchReactor Rollup(Func<int, TimeSpan> interval, int limit = 100, TimeSpan? anewAfter = null,
        [CallerArgumentExpression(nameof(interval))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(interval);
        return Rollup(text, (batches, _) => interval(batches), limit, anewAfter);
    }

    /// <summary>
    /// Like <see cref="Rollup(TimeSpan, int)"/>, with an interval that may grow: the function is asked for it before each batch, with the
    /// number of batches that were emitted, and the time that their intervals took together.
    /// </summary>
    /// <inheritdoc cref="Rollup(Func{int, TimeSpan}, int, TimeSpan?, string)"/>
    public BatchReactor Rollup(Func<int, TimeSpan, TimeSpan> interval, int limit = 100, TimeSpan? anewAfter = null,
        [CallerArgumentExpression(nameof(interval))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(interval);
        return Rollup(text, interval, limit, anewAfter);
    }

    BatchReactor Rollup(string text, Func<int, TimeSpan, TimeSpan> interval, int limit, TimeSpan? anewAfter)
    {
        RecipeRules.AtLeast(1, limit, "Rollup's limit", nameof(limit));
        if (anewAfter is { } quiet) RecipeRules.Positive(quiet, "Rollup's anewAfter", nameof(anewAfter));
        string anew = anewAfter is { } shown ? $", anewAfter: {RecipeText.Of(shown)}" : "";
        return new(this, new StageStep($"Rollup({text}, {limit}{anew})", Scope.All,
            () => new RollupStage(interval, limit, anewAfter?.Ticks ?? long.MaxValue)));
    }
}

sealed class RollupStage(Func<int, TimeSpan, TimeSpan> interval, int limit, long anewAfter) : Stage
{
    protected internal override string? StateShape => "";

    const int MostBatches = 100;

    readonly Queue<Event> held = new();

    // The interval that runs, or, while nothing is held, would run.
    Periods periods;
    TimeSpan length;
    IntervalEnd end;

    // What the function is asked with.
    int batches;
    TimeSpan duration;

    // When the last event came.
    long last;

    public override void On(EventView e)
    {
        if (held.Count == 0 && Now - last >= anewAfter) BeginAnew();
        last = Now;
        if (length == TimeSpan.Zero) length = Ask();
        periods.Begin(Now);
        if (held.Count >= (long)limit * MostBatches)
            throw new InvalidOperationException($"{MostBatches} batches wait in Rollup; raise its limit, or shorten its interval.");
        held.Enqueue(e.ToEvent());
        if (held.Count == 1) end.Set(this, periods.UntilNext(Now, length));
    }

    internal override void OnWake(int key)
    {
        if (end.HasCome(this)) Emit();
    }

    void BeginAnew()
    {
        (batches, duration) = (0, TimeSpan.Zero);
        length = Ask();
        periods.Restart(Now);
    }

    void Emit()
    {
        batches++;
        duration += length;
        SendBatch();
        try
        {
            TimeSpan next = Ask();
            if (next != length) periods.Restart(Now);
            length = next;
        }
        finally
        {
            if (held.Count > 0) end.Set(this, periods.UntilNext(Now, length));
        }
    }

    protected override void Flush()
    {
        while (held.Count > 0) SendBatch();
    }

    protected override string? Describe() => InWords.Held(held.Count, DueIn());

    private protected override long? DueIn() => end.IsSet ? end.Left(this) : null;

    protected internal override int StateVersion => 2;

    protected override void Save(StateWriter state)
    {
        periods.Save(state);
        state.Write(length);
        state.Write(batches);
        state.Write(duration);
        state.WriteMoment(last);
        state.Write(held.Count);
        foreach (Event e in held) state.Write(e);
    }

    protected override void Load(StateReader state)
    {
        periods.Load(state);
        (length, batches, duration) = (state.ReadTimeSpan(), state.ReadInt32(), state.ReadTimeSpan());
        last = state.Version > 1 ? state.ReadMoment() : Now;
        for (int left = state.ReadInt32(); left > 0; left--) held.Enqueue(state.ReadEvent());
        if (held.Count > 0) end.Set(this, periods.UntilNext(Now, length));
    }

    protected internal override TimeSpan Remembers => AtLeast(new TimeSpan(anewAfter == long.MaxValue ? 0 : anewAfter));

    // An interval that the function made longer than anybody remembers ends first.
    protected override bool MayForget() => held.Count == 0 && Now - last >= length.Ticks;

    void SendBatch()
    {
        Event[] batch = new Event[Math.Min(limit, held.Count)];
        for (int i = 0; i < batch.Length; i++) batch[i] = held.Dequeue();
        Send(batch);
    }

    TimeSpan Ask()
    {
        TimeSpan next = interval(batches, duration);
        return next > TimeSpan.Zero && next <= RecipeRules.LongestTime
            ? next
            : throw new InvalidOperationException(
                $"Rollup's interval function said {next}; it must be longer than zero, and at most 100 years.");
    }
}
