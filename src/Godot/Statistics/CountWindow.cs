using System.Numerics;
using Godot.Memory;

namespace Godot.Statistics;

/// <summary>
/// A summary of the last so many numbers, at the same cost whatever their number. Nothing is ever subtracted, so nothing drifts and no
/// large number leaves a trace after it has gone.
/// </summary>
struct CountWindow<T>
    where T : struct, ISummary<T>
{
    const int Smallest = 16;

    // A round fills the ring from the start. Before the next place stand the numbers of this round; from there on, summaries of the last
    // round's numbers: each of its own and all after it, which is what is still in the window when the round has come as far.
    int ring;

    // How many numbers have come; once the window is full, its size and those of this round.
    int count;
    T round;

    /// <summary>How many numbers it holds.</summary>
    public readonly int Held(int size) => Math.Min(count, size);

    /// <summary>
    /// Adds a number, and says what is known about all in the window, which holds at most <paramref name="size"/> of them.
    /// </summary>
    /// <param name="size">Always the same.</param>
    /// <param name="rings">Where the numbers of all such windows stand; always the same.</param>
    public T Add(T number, int size, ListArena<T> rings)
    {
        if (count == size || count == 2L * size) Turn(size, rings);
        else if (count == Length(size)) Lengthen(size, rings);
        int next = Next(size);
        round = next == 0 ? number : T.Merge(round, number);
        rings[ring, LengthFor(count + 1, size)][next] = number;
        count++;
        return Total(size, rings);
    }

    /// <summary>What is known about all that it holds; there must be one.</summary>
    public readonly T Total(int size, ListArena<T> rings) =>
        count > size && count - size is var next && next < size ? T.Merge(rings[ring, size][next], round) : round;

    /// <summary>Brings near what the next number meets.</summary>
    public readonly void Prefetch(int size, ListArena<T> rings) => rings.Prefetch(ring, Next(size));

    public readonly void Save(StateWriter writer, int size, ListArena<T> rings)
    {
        writer.Write(count);
        if (count == 0) return;
        round.Save(writer);
        foreach (T number in Numbers(size, rings)) number.Save(writer);
    }

    public void Load(StateReader reader, int size, ListArena<T> rings)
    {
        Clear(size, rings);
        count = reader.ReadInt32();
        if (count == 0) return;
        round = T.Load(reader);
        ring = rings.Take(Length(size));
        foreach (ref T number in Numbers(size, rings)) number = T.Load(reader);
    }

    /// <summary>Gives back its room; it is as new then.</summary>
    public void Clear(int size, ListArena<T> rings)
    {
        if (count > 0) rings.GiveBack(ring, Length(size));
        this = default;
    }

    // Behind these may stand what somebody left who had the room before.
    readonly Span<T> Numbers(int size, ListArena<T> rings) => rings[ring, Length(size)][..Held(size)];

    readonly int Next(int size) => count < size ? count : count - size;

    // It doubles until it holds the window.
    readonly int Length(int size) => count == 0 ? 0 : LengthFor(count, size);

    static int LengthFor(int count, int size) =>
        (int)Math.Min((uint)size, BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, Smallest)));

    void Turn(int size, ListArena<T> rings)
    {
        Span<T> numbers = rings[ring, size];
        for (int i = size - 2; i >= 0; i--) numbers[i] = T.Merge(numbers[i], numbers[i + 1]);
        count = size;
    }

    void Lengthen(int size, ListArena<T> rings)
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
