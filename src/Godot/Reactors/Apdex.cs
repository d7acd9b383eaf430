using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// At the end of every interval, emits how satisfied users were: the Apdex score of its metrics. That is the share of satisfied events
    /// and half of that of tolerated ones: 1 if all were satisfied, 0 if all were frustrated. It comes as the metric of the last event,
    /// with the time of now, and with host and service if all events have the same. Nothing else passes, and nothing comes of an interval
    /// without metrics. Scope: all.
    /// </summary>
    /// <remarks>
    /// Events without a metric do not count. Intervals go by arrival; the first begins with the first event, and they follow each other
    /// without a gap. When the server stops or the key is freed, the score so far is emitted. Memory: the last event per key. One timer per
    /// key, and only while there is something to emit.
    /// </remarks>
    /// <param name="interval">How long events are gathered.</param>
    /// <param name="satisfied">An event whose metric is this or less satisfies.</param>
    /// <param name="tolerated">
    /// One whose metric is this or less, but above <paramref name="satisfied"/>, is tolerated; what is above frustrates. Default: four
    /// times <paramref name="satisfied"/>, as Apdex has it.
    /// </param>
    /// <param name="atLeast">Of an interval with fewer events nothing is emitted. Default 1.</param>
    /// <exception cref="ArgumentException">
    /// The interval is not longer than zero, or a threshold is not finite, or less is tolerated than satisfies, or <paramref
    /// name="atLeast"/> is below 1.
    /// </exception>
    public Reactor Apdex(TimeSpan interval, double satisfied, double? tolerated = null, int atLeast = 1)
    {
        RecipeRules.Positive(interval, "Apdex' interval", nameof(interval));
        RecipeRules.Finite(satisfied, "What satisfies Apdex", nameof(satisfied));
        double most = tolerated ?? 4 * satisfied;
        RecipeRules.Finite(most, "What Apdex tolerates", nameof(tolerated));
        if (most < satisfied)
            throw new ArgumentException(
                $"Apdex must tolerate at least what satisfies: tolerated is {RecipeText.Of(most)}, satisfied {RecipeText.Of(satisfied)}.",
                nameof(tolerated));
        string text = (tolerated is null ? "" : $", {RecipeText.Of(most)}") + RecipeRules.AtLeast(1, atLeast, "Apdex");
        return Add($"Apdex({RecipeText.Of(interval)}, {RecipeText.Of(satisfied)}{text})", Scope.All,
            () => new ApdexStage(interval, satisfied, most, atLeast));
    }
}

sealed class ApdexStage(TimeSpan interval, double satisfied, double tolerated, int atLeast) : TallyStage<ApdexStage.Tally>(interval)
{
    public sealed class Tally
    {
        public long Satisfied, Tolerated, All;
    }

    protected override Tally Begin() => new();

    protected override bool Take(EventView e, ref Tally tally)
    {
        if (e.Metric is not { } metric) return false;
        if (metric <= satisfied) tally.Satisfied++;
        else if (metric <= tolerated) tally.Tolerated++;
        tally.All++;
        return true;
    }

    protected override void Report(EventView last, Tally tally)
    {
        if (tally.All >= atLeast) Send(last with { Metric = (tally.Satisfied + tally.Tolerated / 2.0) / tally.All });
    }

    protected override void Save(Tally tally, StateWriter writer)
    {
        writer.Write(tally.Satisfied);
        writer.Write(tally.Tolerated);
        writer.Write(tally.All);
    }

    protected override void Load(ref Tally tally, StateReader reader) =>
        (tally.Satisfied, tally.Tolerated, tally.All) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
}
