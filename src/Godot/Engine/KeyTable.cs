using System.Numerics;

namespace Godot;

/// <summary>
/// Finds the number of a key. Open addressing with linear probing, at most three quarters full. A key is given in two parts, so that (host, service) is
/// looked up where it stands, without being put together first. For a group of keys, <see cref="Prefetch"/> and <see cref="Approach"/> are called
/// for all of them before the first is looked up, so that their cache misses overlap.
/// </summary>
sealed class KeyTable
{
    const int Smallest = 16;

    struct Slot
    {
        // The half of the hash that does not name the lane. It also says where the key belongs: growing looks at no key.
        public uint Tag;
        public int Number;

        // Where the key's text stands; 0 in a free slot.
        public uint Text;
    }

    KeyTexts texts = new();
    Slot[] slots = new Slot[Smallest];

    public int Count { get; private set; }

    /// <summary>Brings the slot of a hash near.</summary>
    public void Prefetch(ulong hash) => Cache.Prefetch(in slots[(uint)hash & (uint)(slots.Length - 1)]);

    /// <summary>Brings near the text of the key that probably has this hash, and returns its number; negative if there is surely none.</summary>
    public int Approach(ulong hash)
    {
        uint tag = (uint)hash, mask = (uint)(slots.Length - 1);
        for (uint i = tag & mask; slots[i].Text != 0; i = i + 1 & mask)
        {
            if (slots[i].Tag != tag) continue;
            texts.Prefetch(slots[i].Text);
            return slots[i].Number;
        }
        return -1;
    }

    /// <summary>The number of a key; negative if it is not there.</summary>
    public int Find(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        uint tag = (uint)hash, mask = (uint)(slots.Length - 1);
        for (uint i = tag & mask; slots[i].Text != 0; i = i + 1 & mask)
            if (slots[i].Tag == tag && texts.Is(slots[i].Text, first, second)) return slots[i].Number;
        return -1;
    }

    /// <summary>Adds a key that is not there; the caller has looked.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int number)
    {
        if ((Count + 1) * 4L > slots.Length * 3L) Resize(slots.Length * 2);
        Insert(new Slot { Tag = (uint)hash, Number = number, Text = texts.Add(first, second) });
        Count++;
    }

    /// <summary>Takes out every key that the predicate chooses by its number and its two texts.</summary>
    public void RemoveAll(Choice choose)
    {
        List<Slot> kept = [];
        foreach (ref readonly Slot slot in slots.AsSpan())
        {
            if (slot.Text == 0) continue;
            if (!choose(slot.Number, texts.First(slot.Text), texts.Second(slot.Text))) kept.Add(slot);
        }
        if (kept.Count == Count) return;
        Count = kept.Count;
        slots = new Slot[Math.Max(Smallest, BitOperations.RoundUpToPowerOf2((uint)(Count * 4L / 3 + 1)))];
        // What is left moves together, so that the texts of those that are gone cost nothing.
        KeyTexts before = texts;
        texts = new KeyTexts();
        foreach (Slot slot in kept) Insert(slot with { Text = texts.Add(before.First(slot.Text), before.Second(slot.Text)) });
    }

    public delegate bool Choice(int number, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    void Resize(int capacity)
    {
        Slot[] old = slots;
        slots = new Slot[capacity];
        foreach (Slot slot in old)
            if (slot.Text != 0) Insert(slot);
    }

    void Insert(Slot slot)
    {
        uint mask = (uint)(slots.Length - 1), i = slot.Tag & mask;
        while (slots[i].Text != 0) i = i + 1 & mask;
        slots[i] = slot;
    }
}
