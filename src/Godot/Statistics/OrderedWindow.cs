namespace Godot.Statistics;

/// <summary>The last so many numbers, in the order of their size.</summary>
sealed class OrderedWindow(int size)
{
    // In the order in which they came, the next one at `next`; and the same sorted.
    readonly double[] ring = new double[size], sorted = new double[size];
    int next, held;

    /// <summary>How many it holds.</summary>
    public int Held => held;

    /// <summary>Adds a number. The oldest leaves if there are too many.</summary>
    public void Add(double number)
    {
        if (held == size) Remove(ring[next]);
        Insert(number);
        ring[next] = number;
        next = (next + 1) % size;
    }

    /// <summary>The number that this share of them lies below; between two of them in proportion. Finite if they are.</summary>
    public double Quantile(double share)
    {
        double rank = share * (held - 1);
        int below = (int)rank, above = Math.Min(below + 1, held - 1);
        double part = rank - below;
        return (1 - part) * sorted[below] + part * sorted[above];
    }

    public void Save(StateWriter writer)
    {
        writer.Write(held);
        for (int age = held; age > 0; age--) writer.Write(ring[(next - age + size) % size]);
    }

    public void Load(StateReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0; left--) Add(reader.ReadDouble());
    }

    void Remove(double number)
    {
        int at = Array.BinarySearch(sorted, 0, held, number);
        held--;
        Array.Copy(sorted, at + 1, sorted, at, held - at);
    }

    void Insert(double number)
    {
        int found = Array.BinarySearch(sorted, 0, held, number), at = found < 0 ? ~found : found;
        Array.Copy(sorted, at, sorted, at + 1, held - at);
        sorted[at] = number;
        held++;
    }
}
