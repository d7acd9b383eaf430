namespace Godot;

/// <summary>
/// A summary of the last so many numbers, at the same cost whatever their number. Nothing is ever subtracted, so nothing drifts and no
/// large number leaves a trace after it has gone.
/// </summary>
struct CountWindow<T>
    where T : struct, ISummary<T>
{
    // A round fills the ring from the start. Before `next` stand the numbers of this round; from `next` on, summaries of the last round's
    // numbers: each of its own and all after it, which is what is still in the window when the round has come as far.
    int ring, length, next;
    bool full;
    T round;

    /// <summary>How many numbers it holds.</summary>
    public readonly int Held => full ? length : next;

    /// <summary>
    /// Adds a number, and says what is known about all in the window, which holds at most <paramref name="size"/> of them.
    /// </summary>
    /// <param name="rings">Where the numbers of all such windows stand; always the same.</param>
    public T Add(T number, int size, Lists<T> rings)
    {
        if (next == length) MakeRoom(size, rings);
        round = next == 0 ? number : T.Merge(round, number);
        rings[ring, length][next++] = number;
        return Total(rings);
    }

    /// <summary>What is known about all that it holds; there must be one.</summary>
    public readonly T Total(Lists<T> rings) => full && next < length ? T.Merge(rings[ring, length][next], round) : round;

    /// <summary>Brings near what the next number meets.</summary>
    public readonly void Prefetch(Lists<T> rings) => rings.Prefetch(ring, next);

    public readonly void Save(StateWriter writer, Lists<T> rings)
    {
        writer.Write(length);
        if (length == 0) return;
        writer.Write(next);
        writer.Write(full);
        round.Save(writer);
        foreach (T number in Used(rings)) number.Save(writer);
    }

    public void Load(StateReader reader, Lists<T> rings)
    {
        Clear(rings);
        length = reader.ReadInt32();
        if (length == 0) return;
        (next, full, round, ring) = (reader.ReadInt32(), reader.ReadBoolean(), T.Load(reader), rings.Take(length));
        foreach (ref T number in Used(rings)) number = T.Load(reader);
    }

    /// <summary>Gives back its room; it is as new then.</summary>
    public void Clear(Lists<T> rings)
    {
        if (length > 0) rings.GiveBack(ring, length);
        this = default;
    }

    // Behind these may stand what somebody left who had the room before.
    readonly Span<T> Used(Lists<T> rings) => rings[ring, length][..Held];

    void MakeRoom(int size, Lists<T> rings)
    {
        if (length == size)
        {
            Span<T> numbers = rings[ring, length];
            for (int i = size - 2; i >= 0; i--) numbers[i] = T.Merge(numbers[i], numbers[i + 1]);
            (next, full) = (0, true);
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
