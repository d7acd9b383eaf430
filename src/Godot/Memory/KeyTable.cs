using System.Numerics;

namespace Godot;

/// <summary>
/// Finds what belongs to a key. Open addressing with linear probing, at most three quarters full. A key is given in two parts, so that (host, service) is
/// looked up where it stands, without being put together first.
/// </summary>
sealed class KeyTable<T>
    where T : struct
{
    const int Smallest = 16;

    struct Slot
    {
        // The half of the hash that does not name the lane. It also says where the key belongs: growing looks at no key.
        public uint Tag;

        // Where the key's text stands; 0 in a free slot.
        public uint Text;
        public T Value;
    }

    KeyTexts texts = new();
    Slot[] slots = new Slot[Smallest];

    public int Count { get; private set; }

    /// <summary>Brings the slot of a hash near.</summary>
    public void Prefetch(ulong hash) => Cache.Prefetch(in slots[(uint)hash & (uint)(slots.Length - 1)]);

    /// <summary>
    /// The place of the key that most probably has this hash, once its slot is near; negative if there is surely none. Its text is brought near, for <see cref="Find"/>.
    /// The place holds until a key is added or removed.
    /// </summary>
    public int Guess(ulong hash)
    {
        uint tag = (uint)hash, mask = (uint)(slots.Length - 1);
        for (uint i = tag & mask; slots[i].Text != 0; i = i + 1 & mask)
        {
            if (slots[i].Tag != tag) continue;
            texts.Prefetch(slots[i].Text);
            return (int)i;
        }
        return -1;
    }

    /// <summary>The place of a key; negative if it is not there. It holds until a key is added or removed.</summary>
    public int Find(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        uint tag = (uint)hash, mask = (uint)(slots.Length - 1);
        for (uint i = tag & mask; slots[i].Text != 0; i = i + 1 & mask)
            if (slots[i].Tag == tag && texts.Is(slots[i].Text, first, second)) return (int)i;
        return -1;
    }

    /// <summary>What belongs to the key at a place.</summary>
    public ref T this[int place] => ref slots[place].Value;

    /// <summary>Adds a key that is not there; the caller has looked. Returns its place.</summary>
    public int Add(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, T value)
    {
        if ((Count + 1) * 4L > slots.Length * 3L) Grow();
        Count++;
        return Insert(new Slot { Tag = (uint)hash, Text = texts.Add(first, second), Value = value });
    }

    /// <summary>Visits every key: its value and its two texts.</summary>
    public void Visit(Visitor visit)
    {
        foreach (ref Slot slot in slots.AsSpan())
            if (slot.Text != 0) visit(ref slot.Value, texts.First(slot.Text), texts.Second(slot.Text));
    }

    public delegate void Visitor(ref T value, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Takes out every key that the predicate chooses by its value and its two texts.</summary>
    public void RemoveAll(Choice choose)
    {
        List<Slot> kept = [];
        foreach (ref Slot slot in slots.AsSpan())
            if (slot.Text != 0 && !choose(ref slot.Value, texts.First(slot.Text), texts.Second(slot.Text))) kept.Add(slot);
        if (kept.Count == Count) return;
        Count = kept.Count;
        slots = new Slot[Math.Max(Smallest, BitOperations.RoundUpToPowerOf2((uint)(Count * 4L / 3 + 1)))];
        // What is left moves together, so that the texts of those that are gone cost nothing.
        KeyTexts before = texts;
        texts = new KeyTexts();
        foreach (Slot slot in kept) Insert(slot with { Text = texts.Add(before.First(slot.Text), before.Second(slot.Text)) });
    }

    public delegate bool Choice(ref T value, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    void Grow()
    {
        Slot[] old = slots;
        slots = new Slot[2 * old.Length];
        foreach (ref readonly Slot slot in old.AsSpan())
            if (slot.Text != 0) Insert(slot);
    }

    int Insert(in Slot slot)
    {
        uint mask = (uint)(slots.Length - 1), i = slot.Tag & mask;
        while (slots[i].Text != 0) i = i + 1 & mask;
        slots[i] = slot;
        return (int)i;
    }
}
