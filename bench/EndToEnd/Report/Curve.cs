namespace Godot.Bench;

/// <summary>What an event, or a byte, costs as something grows.</summary>
/// <param name="Of">What grows: "keys".</param>
/// <param name="Unit">Of the cost.</param>
sealed record Curve(string What, string Of, string Unit, IReadOnlyList<(double At, double Cost)> Points)
{
    // What the machine's caches and a busy neighbour may add to one step.
    const double Step = 2;

    /// <summary>
    /// Not worse than logarithmic: with ten times as many it costs at most as much more as the first one costs, so that n cost at most (1 +
    /// log10 n) times what one does; and, so that what grows in proportion is found although it is still small, no step from one point to
    /// the next, each ten times as far, more than doubles it.
    /// </summary>
    public bool IsFlat => Points.All(point => point.Cost <= Allowed(point.At)) && WorstStep <= Step;

    /// <summary>What so many may cost.</summary>
    public double Allowed(double at) => First.Cost * (1 + Math.Log10(at / First.At));

    public double WorstStep =>
        Points.Zip(Points.Skip(1), (one, next) => Math.Pow(next.Cost / one.Cost, 1 / Math.Log10(next.At / one.At))).Max();

    public string Verdict => $"{(IsFlat ? "not worse than logarithmic" : "**worse than logarithmic**")}; "
        + $"the last costs {Text.Of(Points[^1].Cost / First.Cost)} times the first, "
        + $"where {Text.Of(1 + Math.Log10(Points[^1].At / First.At))} would be allowed; "
        + $"the steepest tenfold {Text.Of(WorstStep)} times, where {Step} would be";

    (double At, double Cost) First => Points[0];
}
