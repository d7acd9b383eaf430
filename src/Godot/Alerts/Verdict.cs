namespace Godot.Alerting;

/// <summary>What one event says of its key.</summary>
enum Sign
{
    /// <summary>Nothing: it is as if it had not come.</summary>
    None,

    /// <summary>Neither well nor bad: what has not yet held for long enough begins anew, what is open stays open.</summary>
    Between,

    /// <summary>Well.</summary>
    Well,

    /// <summary>Bad.</summary>
    Bad,
}

/// <summary>What one event says of its key, and how bad.</summary>
/// <param name="Sign">Whether it is well or bad.</param>
/// <param name="Rank">How bad, from 1; the worst is <see cref="AlertRule.Ranks"/>.</param>
/// <param name="Severity">In a word.</param>
readonly record struct Verdict(Sign Sign, int Rank = 0, string Severity = "")
{
    public static Verdict Bad(int rank, string severity) => new(Sign.Bad, rank, severity);
}
