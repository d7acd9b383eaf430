using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the weighted mean of it and those before it, one for each weight. Scope: each series.
    /// </summary>
    /// <param name="weights">
    /// In the order of the events: the last weight is that of the newest. Only their proportions matter. While there are fewer events than
    /// weights, the last weights are used.
    /// </param>
    /// <remarks>
    /// An event without a metric is dropped and not counted; so is, but counted, one that comes while the weights in use are all zero.
    /// Memory: 8 bytes per key and weight.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no weights, one is negative or not a finite number, or all are zero.</exception>
    public Reactor WeightedAverage(params ReadOnlySpan<double> weights)
    {
        double[] kept = WeightedAverageStage.Check(weights);
        return Add($"WeightedAverage({string.Join(", ", kept.Select(RecipeText.Of))})", Scope.Series, () => new WeightedAverageStage(kept));
    }
}

sealed class WeightedAverageStage(double[] weights) : Stage<WeightedWindow>
{
    protected override void On(EventView e, ref WeightedWindow window)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        if (window.Add(metric, weights) is { } average) SendFigure(e with { Metric = average });
    }

    protected override string? Describe(ref readonly WeightedWindow window) => InWords.Filled(window.Held, weights.Length);

    protected override void Save(ref readonly WeightedWindow window, StateWriter writer) => window.Save(writer);

    protected override void Load(ref WeightedWindow window, StateReader reader) => window.Load(reader, weights.Length);

    public static double[] Check(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            RecipeRules.Finite(weight, "A weight", nameof(weights));
            if (weight < 0) throw new ArgumentException($"A weight must not be negative, as {RecipeText.Of(weight)} is.", nameof(weights));
            sum += weight;
        }
        if (!(sum > 0)) throw new ArgumentException("Give at least one weight that is not zero.", nameof(weights));
        return weights.ToArray();
    }
}
