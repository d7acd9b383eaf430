namespace Godot.Bench;

/// <summary>One line of the table: what was measured, and whether it is what was promised.</summary>
sealed record Figure(string What, string Unit, Samples Ours)
{
    /// <summary>What the same was for somebody else; then it is the ratio that is judged.</summary>
    public Samples? Peer { get; init; }

    public string PeerName { get; init; } = "";

    /// <summary>What was promised; null: it is only shown.</summary>
    public Bound? Target { get; init; }

    /// <summary>
    /// Below this the whole run fails: what was reached once, less what a noisy machine takes. Default: the target where a ratio is judged,
    /// otherwise none, since absolute figures depend on the machine.
    /// </summary>
    public Bound? Floor
    {
        get => field ?? (Peer is null ? null : Target);
        init;
    }

    /// <summary>The worst run counts, not the median.</summary>
    public bool NoExceptions { get; init; }

    public double Judged => Peer is { } peer ? Ours.Median / peer.Median
        : !NoExceptions ? Ours.Median
        : Target is { AtMost: true } ? Ours.Max : Ours.Min;

    public Samples Spread => Peer is { } peer ? Ours / peer : Ours;

    public bool Reached => Target?.Holds(Judged) ?? true;

    public bool Failed => Floor?.Holds(Judged) == false;
}

/// <summary>At least or at most so much.</summary>
sealed record Bound(double Limit, bool AtMost)
{
    public static Bound AtLeast(double limit) => new(limit, AtMost: false);

    public static Bound NoMoreThan(double limit) => new(limit, AtMost: true);

    public bool Holds(double value) => AtMost ? value <= Limit : value >= Limit;
}
