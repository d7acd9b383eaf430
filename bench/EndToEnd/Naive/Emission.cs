namespace Godot.Bench;

/// <summary>What came out of a reactor, and when.</summary>
/// <param name="At">Seconds since the first event was fed.</param>
sealed record Emission(string? Host, string? Service, string? State, string? Description, double? Metric, double At)
{
    /// <summary>Equal but for the last digits of a mean, which depend on the order in which its numbers were added.</summary>
    public bool IsLike(Emission other) =>
        this with { Metric = null } == other with { Metric = null }
        && (Metric == other.Metric || Math.Abs(Metric!.Value - other.Metric!.Value) <= 1e-9 * Math.Abs(other.Metric.Value));
}
