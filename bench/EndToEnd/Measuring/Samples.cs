namespace Godot.Bench;

/// <summary>What several runs measured.</summary>
sealed class Samples
{
    readonly List<double> values = [];

    public Samples(params IEnumerable<double> values) => this.values.AddRange(values);

    public int Count => values.Count;

    public double Median => values.Order().Skip((values.Count - 1) / 2).Take(values.Count % 2 == 0 ? 2 : 1).Average();

    public double Min => values.Min();

    public double Max => values.Max();

    public void Add(double value) => values.Add(value);

    /// <summary>
    /// Run by run: ours and a peer's were measured one after the other, on a machine as busy for the one as for the other.
    /// </summary>
    public static Samples operator /(Samples ours, Samples peer) => new(ours.values.Zip(peer.values, (our, theirs) => our / theirs));
}
