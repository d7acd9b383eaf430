namespace Godot;

/// <summary>
/// The mean of the last so many numbers, at the same cost whatever their number. Nothing is ever subtracted, so nothing drifts and no
/// large number leaves a trace after it has gone.
/// </summary>
struct CountWindow
{
    // A round fills the array from the start. Before `next` stand the numbers of this round; from `next` on, sums of the last round's
    // numbers: each of its own and all after it, which is what is still in the window when the round has come as far.
    double[]? ring;
    int next;
    double round;
    bool full;

    /// <summary>Adds a number; the window then holds at most <paramref name="size"/> of them.</summary>
    public double Add(double number, int size)
    {
        if (ring is null) ring = new double[Math.Min(size, 16)];
        else if (next == ring.Length) MakeRoom(size);
        ring[next++] = number;
        round += number;
        double before = full && next < ring.Length ? ring[next] : 0;
        return (round + before) / (full ? size : next);
    }

    /// <summary>What it looks back on.</summary>
    public readonly ReadOnlySpan<double> Numbers => ring;

    void MakeRoom(int size)
    {
        if (ring!.Length < size)
        {
            Array.Resize(ref ring, (int)Math.Min(size, 2L * ring.Length));
            return;
        }
        for (int i = size - 2; i >= 0; i--) ring[i] += ring[i + 1];
        (next, round, full) = (0, 0, true);
    }
}
