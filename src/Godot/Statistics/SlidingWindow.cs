namespace Godot.Statistics;

/// <summary>
/// A summary of the numbers of the last so long. Numbers that come within a thousandth of the window of each other are kept together and
/// leave together, so that memory does not grow with their rate. Nothing is ever subtracted, so nothing drifts.
/// </summary>
struct SlidingWindow<T>
    where T : struct, ISummary<T>
{
    const int Slices = 1000;

    struct Slice
    {
        public long Time;
        public T Summary;
    }

    // Oldest first, from `head` to `tail`. Those before `turn` hold summaries of their own and of all after them up to there; the others
    // hold their own alone, and `recent` is that of all of them.
    Slice[]? slices;
    int head, turn, tail;
    T recent;

    /// <summary>
    /// Adds a number, and says what is known about all in the window. Those that are as old as the window, or older, leave it.
    /// </summary>
    /// <param name="now">Never before that of the number before.</param>
    public T Add(T number, long now, long window)
    {
        Leave(now - window);
        Enter(number, now, Math.Max(window / Slices, 1));
        return Total;
    }

    /// <summary>What is known about all that a window holds which ends now; null if it is empty.</summary>
    public T? Until(long now, long window)
    {
        Leave(now - window);
        return head < tail ? Total : null;
    }

    /// <summary>What was known when the last number came; null if there is none.</summary>
    public readonly T? Last => head < tail ? Total : null;

    /// <summary>When the last number came that made a slice of its own; only if there is one.</summary>
    readonly long Newest => slices![tail - 1].Time;

    readonly T Total => head == turn ? recent : turn == tail ? slices![head].Summary : T.Merge(slices![head].Summary, recent);

    /// <param name="now">What times are counted from; where it is another when they are loaded, they move along.</param>
    public readonly void Save(StateWriter writer, long now)
    {
        writer.Write(tail - head);
        writer.Write(turn - head);
        recent.Save(writer);
        for (int i = head; i < tail; i++)
        {
            writer.Write(slices![i].Time - now);
            slices[i].Summary.Save(writer);
        }
    }

    public void Load(StateReader reader, long now)
    {
        (head, tail, turn, recent) = (0, reader.ReadCount(), reader.ReadInt32(), T.Load(reader));
        slices = new Slice[Math.Max(4, tail)];
        foreach (ref Slice slice in slices.AsSpan(0, tail)) slice = new Slice { Time = reader.ReadInt64() + now, Summary = T.Load(reader) };
    }

    void Enter(T number, long now, long slice)
    {
        recent = tail == turn ? number : T.Merge(recent, number);
        if (tail > turn && now - Newest < slice)
        {
            slices![tail - 1].Summary = T.Merge(slices[tail - 1].Summary, number);
            return;
        }
        MakeRoom();
        slices![tail++] = new Slice { Time = now, Summary = number };
    }

    void Leave(long end)
    {
        while (head < tail && slices![head].Time <= end)
        {
            if (head == turn) Turn();
            head++;
        }
    }

    void Turn()
    {
        for (int i = tail - 2; i >= head; i--) slices![i].Summary = T.Merge(slices[i].Summary, slices[i + 1].Summary);
        turn = tail;
    }

    void MakeRoom()
    {
        if (slices is null)
        {
            slices = new Slice[4];
        }
        else if (tail == slices.Length)
        {
            Slice[] room = head > tail / 2 ? slices : new Slice[2 * tail];
            Array.Copy(slices, head, room, 0, tail - head);
            (slices, head, turn, tail) = (room, 0, turn - head, tail - head);
        }
    }
}
