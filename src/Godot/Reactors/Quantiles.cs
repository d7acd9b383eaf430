using Godot.Common;
using Godot.Statistics;

namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>
    /// Emits, of each batch, one event for each quantile: the one with that metric, its service followed by the quantile, such as "api
    /// 0.99". Looks at each batch by itself.
    /// </summary>
    /// <remarks>
    /// Exact, by the nearest rank: the least metric that at least this share of all metrics do not exceed. It is always one that came, and
    /// the event says whose; nothing is interpolated. (Riemann takes the next greater where the share comes out even: of 100 metrics, its
    /// 0.99 is the greatest, this the second greatest.) Of several events with the same metric, the order in the batch decides. The time of
    /// what comes out is now, or the event's own, if the window goes by that. Events without a metric are left out; of a batch in which
    /// none has one, nothing passes.
    /// </remarks>
    /// <param name="quantiles">From 0, the least metric, to 1, the greatest. Events come out in this order.</param>
    /// <exception cref="ArgumentException">No quantile is given, or one is not from 0 to 1.</exception>
    public Reactor Quantiles(params ReadOnlySpan<double> quantiles)
    {
        if (quantiles.IsEmpty) throw new ArgumentException("Give at least one quantile, such as 0.99.", nameof(quantiles));
        foreach (double quantile in quantiles)
            if (!(quantile is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(quantiles), quantile, "A quantile must be from 0 to 1.");
        double[] all = quantiles.ToArray();
        return ToEvents($"Quantiles({string.Join(", ", all.Select(RecipeText.Of))})", () => new QuantilesStage(all));
    }
}

sealed class QuantilesStage(double[] quantiles) : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        Event[] sorted = [.. batch.Where(e => e.Metric is not null).OrderBy(e => e.Metric)];
        if (sorted.Length == 0) return;
        foreach (double quantile in quantiles)
        {
            Event e = sorted[Folds.Rank(quantile, sorted.Length)];
            string name = RecipeText.Of(quantile);
            Send(e.View with { Service = e.Service is { } service ? $"{service} {name}" : name, Time = TimeOf(batch, e) });
        }
    }
}
