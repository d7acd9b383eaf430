using System.Numerics;

namespace Godot;

/// <summary>
/// The mean of the last so many numbers, at the same cost whatever their number. Nothing is ever subtracted, so nothing drifts and no
/// large number leaves a trace after it has gone.
/// </summary>
struct CountWindow
{
    const int Smallest = 16;

    // A round fills the ring from the start. Before the next place stand the numbers of this round; from there on, sums of the last round's
    // numbers: each of its own and all after it, which is what is still in the window when the round has come as far.
    int ring;

    // How many numbers have come; once the window is full, its size and those of this round.
    int count;
    double round;

    /// <summary>Adds a number; the window then holds at most <paramref name="size"/> of them.</summary>
    /// <param name="size">Always the same.</param>
    /// <param name="rings">Where the numbers of all such windows stand; always the same.</param>
    public double Add(double number, int size, Lists<double> rings)
    {
        if (count == size || count == 2L * size) Turn(size, rings);
        else if (count == Length(size)) Lengthen(size, rings);
        Span<double> numbers = rings[ring, LengthFor(count + 1, size)];
        int next = count < size ? count : count - size;
        numbers[next++] = number;
        round += number;
        double before = ++count > size && next < size ? numbers[next] : 0;
        return (round + before) / Math.Min(count, size);
    }

    /// <summary>Brings near what the next number meets.</summary>
    public readonly void Prefetch(int size, Lists<double> rings) => rings.Prefetch(ring, count < size ? count : count - size);

    /// <summary>Gives back its room; it is as new then.</summary>
    public void Clear(int size, Lists<double> rings)
    {
        if (count > 0) rings.GiveBack(ring, Length(size));
        this = default;
    }

    // It doubles until it holds the window.
    readonly int Length(int size) => count == 0 ? 0 : LengthFor(count, size);

    static int LengthFor(int count, int size) => (int)Math.Min((uint)size, BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, Smallest)));

    void Turn(int size, Lists<double> rings)
    {
        Span<double> numbers = rings[ring, size];
        for (int i = size - 2; i >= 0; i--) numbers[i] += numbers[i + 1];
        (count, round) = (size, 0);
    }

    void Lengthen(int size, Lists<double> rings)
    {
        int length = Length(size), longer = LengthFor(count + 1, size), place = rings.Take(longer);
        if (length > 0)
        {
            rings[ring, length].CopyTo(rings[place, longer]);
            rings.GiveBack(ring, length);
        }
        ring = place;
    }
}
