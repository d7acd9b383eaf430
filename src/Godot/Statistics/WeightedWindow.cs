namespace Godot.Statistics;

/// <summary>The weighted mean of the last few numbers, one for each weight.</summary>
struct WeightedWindow
{
    double[]? ring;
    int next, held;

    /// <summary>How many numbers it holds.</summary>
    public readonly int Held => held;

    public readonly void Save(StateWriter writer)
    {
        writer.Write(held);
        for (int age = held; age > 0; age--) writer.Write(ring![(next - age + ring.Length) % ring.Length]);
    }

    /// <param name="size">As many numbers as there are weights.</param>
    public void Load(StateReader reader, int size)
    {
        (ring, held) = (new double[size], reader.ReadCount(size));
        for (int i = 0; i < held; i++) ring[i] = reader.ReadDouble();
        next = held % size;
    }

    /// <summary>
    /// Adds a number. The last weight is that of the newest; while there are fewer numbers than weights, the first weights wait. Null if
    /// the weights in use add up to zero.
    /// </summary>
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
