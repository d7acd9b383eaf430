using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// At the end of every interval, emits percentiles of its metrics. For each point that is the last event with the metric at that point,
    /// the time of now, and the point behind its service, such as "latency 0.99"; host and service are there if all events have the same.
    /// Nothing else passes, and nothing comes of an interval
    /// without metrics. Scope: all.
    /// </summary>
    /// <remarks>
    /// <para>Metrics are not kept but sketched (DDSketch): what comes out is off by at most 1 % of itself, for metrics up to a factor of
    /// 10^17 apart; of larger spreads the smallest count as less small. Of n metrics it is the one at the point's share of n - 1, rounded
    /// down; the least and the greatest are exact.</para>
    /// <para>Events without a metric do not count. Intervals go by arrival; the first begins with the first event, and they follow each
    /// other without a gap. When the server stops or the key is freed, what there is so far is emitted. Memory: the last event per key, and
    /// up to 16 KB for metrics of each sign, usually about 1. One timer per key, and only while there is something to emit.</para>
    /// </remarks>
    /// <param name="interval">How long metrics are gathered.</param>
    /// <param name="points">
    /// The shares of metrics below what is emitted: 0 the least, 0.5 the median, 1 the greatest. Emitted in this order.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The interval is not longer than zero, there are no points, or one is not from 0 to 1.
    /// </exception>
    public Reactor Percentiles(TimeSpan interval, params ReadOnlySpan<double> points) =>
        Percentiles(interval, points, PercentilesStage.Accuracy);

    /// <summary>
    /// Like <see cref="Percentiles(TimeSpan, ReadOnlySpan{double})"/>, of at least so many metrics, or off by at most the share that you
    /// say. Scope: all.
    /// </summary>
    /// <remarks>
    /// <c>Percentiles(TimeSpan.FromMinutes(1), [0.99], atLeast: 100)</c> does not take the only request of a quiet minute for the slowest
    /// hundredth.
    /// </remarks>
    /// <param name="interval">How long metrics are gathered.</param>
    /// <param name="points">The shares of metrics below what is emitted.</param>
    /// <param name="accuracy">
    /// By which share of itself a metric that comes out may be off: 0.001 to 0.5. Default 0.01. Half of it takes twice the memory.
    /// </param>
    /// <param name="atLeast">Of an interval with fewer metrics nothing is emitted. Default 1.</param>
    /// <exception cref="ArgumentException">
    /// The interval is not longer than zero, there are no points, one is not from 0 to 1, or the accuracy or <paramref name="atLeast"/> is
    /// out of its range.
    /// </exception>
    public Reactor Percentiles(TimeSpan interval, ReadOnlySpan<double> points, double accuracy = 0.01, int atLeast = 1)
    {
        RecipeRules.Positive(interval, "Percentiles' interval", nameof(interval));
        if (points.IsEmpty) throw new ArgumentException("Name at least one point, such as 0.99.", nameof(points));
        foreach (double point in points) RecipeRules.Share(point, "A point of Percentiles", nameof(points));
        if (!(accuracy is >= 0.001 and <= 0.5))
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "Percentiles' accuracy must be from 0.001 to 0.5.");
        double[] kept = points.ToArray();
        string texts = string.Join(", ", kept.Select(RecipeText.Of));
        string text = accuracy == PercentilesStage.Accuracy ? texts : $"[{texts}], {RecipeText.Of(accuracy)}",
            least = RecipeRules.AtLeast(1, atLeast, "Percentiles");
        return Add($"Percentiles({RecipeText.Of(interval)}, {text}{least})", Scope.All,
            () => new PercentilesStage(interval, kept, accuracy, atLeast), opaque: true);
    }
}

sealed class PercentilesStage(TimeSpan interval, double[] points, double accuracy, int atLeast) : TallyStage<QuantileSketch>(interval)
{
    public const double Accuracy = 0.01;

    readonly string[] names = [.. points.Select(RecipeText.Of)];

    protected override QuantileSketch Begin() => new(accuracy);

    protected override bool Take(EventView e, ref QuantileSketch metrics)
    {
        if (e.Metric is not { } metric) return false;
        metrics.Add(metric);
        return true;
    }

    protected override void Report(EventView last, QuantileSketch metrics)
    {
        if (metrics.Count < atLeast) return;
        string? service = last.Service;
        for (int i = 0; i < points.Length; i++)
            Send(last with { Service = service is null ? names[i] : $"{service} {names[i]}", Metric = metrics.Quantile(points[i]) });
    }

    protected override void Save(QuantileSketch metrics, StateWriter writer) => metrics.Save(writer);

    protected override void Load(ref QuantileSketch metrics, StateReader reader) => metrics.Load(reader);
}
