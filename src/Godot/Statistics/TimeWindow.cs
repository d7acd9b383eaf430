namespace Godot;

/// <summary>
/// The sum and the mean of the numbers of the last so long. Numbers that come within a thousandth of the window of each other are kept as one sum and
/// leave together, so that memory does not grow with their rate. Nothing is ever subtracted, so nothing drifts.
/// </summary>
struct TimeWindow
{
    const int Slices = 1000;

    struct Slice
    {
        public long Time;
        public double Sum;
        public int Count;
    }

    // Oldest first, from `head` to `tail`. Those before `turn` hold sums of their own and of all after them up to there; the others
    // hold their own alone, and `sum` and `count` are those of all of them.
    Slice[]? slices;
    int head, turn, tail;
    double sum;
    int count;

    /// <summary>The sum of the numbers in the window.</summary>
    public readonly double Sum => Before.Sum + sum;

    /// <summary>Adds a number, and gives the mean. Those that are as old as the window, or older, leave it.</summary>
    public double Add(double number, long now, long window)
    {
        while (head < tail && slices![head].Time <= now - window) Leave();
        Enter(number, now, Math.Max(window / Slices, 1));
        return Sum / (Before.Count + count);
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(tail - head);
        writer.Write(turn - head);
        writer.Write(sum);
        writer.Write(count);
        for (int i = head; i < tail; i++)
        {
            writer.WriteMoment(slices![i].Time);
            writer.Write(slices[i].Sum);
            writer.Write(slices[i].Count);
        }
    }

    public void Load(StateReader reader)
    {
        (head, tail, turn, sum, count) = (0, reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32());
        slices = new Slice[Math.Max(4, tail)];
        foreach (ref Slice slice in slices.AsSpan(0, tail))
            slice = new Slice { Time = reader.ReadMoment(), Sum = reader.ReadDouble(), Count = reader.ReadInt32() };
    }

    readonly Slice Before => head < turn ? slices![head] : default;

    void Enter(double number, long now, long slice)
    {
        if (tail == turn || now - slices![tail - 1].Time >= slice)
        {
            MakeRoom();
            slices![tail++] = new Slice { Time = now };
        }
        slices[tail - 1].Sum += number;
        slices[tail - 1].Count++;
        sum += number;
        count++;
    }

    void Leave()
    {
        if (head == turn)
        {
            for (int i = tail - 2; i >= head; i--)
            {
                slices![i].Sum += slices[i + 1].Sum;
                slices[i].Count += slices[i + 1].Count;
            }
            (turn, sum, count) = (tail, 0, 0);
        }
        head++;
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
