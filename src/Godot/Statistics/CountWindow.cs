namespace Godot;

/// <summary>
/// The sum and the mean of the last so many numbers, at the same cost whatever their number. Nothing is ever subtracted, so nothing drifts and no
/// large number leaves a trace after it has gone.
/// </summary>
struct CountWindow
{
    // A round fills the ring from the start. Before `next` stand the numbers of this round; from `next` on, sums of the last round's
    // numbers: each of its own and all after it, which is what is still in the window when the round has come as far.
    int ring, length, next;
    bool full;
    double round;

    /// <summary>Adds a number, and gives the mean; the window then holds at most <paramref name="size"/> of them.</summary>
    /// <param name="rings">Where the numbers of all such windows stand; always the same.</param>
    public double Add(double number, int size, Lists<double> rings)
    {
        if (next == length) MakeRoom(size, rings);
        rings[ring, length][next++] = number;
        round += number;
        return Sum(rings) / (full ? size : next);
    }

    /// <summary>The sum of the numbers in the window.</summary>
    public readonly double Sum(Lists<double> rings) => round + (full && next < length ? rings[ring, length][next] : 0);

    /// <summary>Brings near what the next number meets.</summary>
    public readonly void Prefetch(Lists<double> rings) => rings.Prefetch(ring, next);

    public readonly void Save(StateWriter writer, Lists<double> rings)
    {
        writer.Write(length);
        if (length == 0) return;
        writer.Write(next);
        writer.Write(full);
        writer.Write(round);
        foreach (double number in rings[ring, length]) writer.Write(number);
    }

    public void Load(StateReader reader, Lists<double> rings)
    {
        Clear(rings);
        length = reader.ReadInt32();
        if (length == 0) return;
        (next, full, round, ring) = (reader.ReadInt32(), reader.ReadBoolean(), reader.ReadDouble(), rings.Take(length));
        foreach (ref double number in rings[ring, length]) number = reader.ReadDouble();
    }

    /// <summary>Gives back its room; it is as new then.</summary>
    public void Clear(Lists<double> rings)
    {
        if (length > 0) rings.GiveBack(ring, length);
        this = default;
    }

    void MakeRoom(int size, Lists<double> rings)
    {
        if (length == size)
        {
            Span<double> numbers = rings[ring, length];
            for (int i = size - 2; i >= 0; i--) numbers[i] += numbers[i + 1];
            (next, round, full) = (0, 0, true);
            return;
        }
        int longer = (int)Math.Min(size, Math.Max(16, 2L * length));
        int place = rings.Take(longer);
        if (length > 0)
        {
            rings[ring, length].CopyTo(rings[place, longer]);
            rings.GiveBack(ring, length);
        }
        (ring, length) = (place, longer);
    }
}
