namespace Godot;

/// <summary>The weighted mean of the last few numbers, one for each weight.</summary>
struct WeightedWindow
{
    double[]? ring;
    int next, held;

    /// <summary>Adds a number. The last weight is that of the newest; while there are fewer numbers than weights, the first weights wait. Null if the weights in use add up to zero.</summary>
    public double? Add(double number, ReadOnlySpan<double> weights)
    {
        ring ??= new double[weights.Length];
        ring[next] = number;
        next = (next + 1) % ring.Length;
        held = Math.Min(held + 1, ring.Length);

        double sum = 0, total = 0;
        for (int age = 0, at = next; age < held; age++)
        {
            at = at == 0 ? ring.Length - 1 : at - 1;
            double weight = weights[^(age + 1)];
            sum += weight * ring[at];
            total += weight;
        }
        return total > 0 ? sum / total : null;
    }
}
