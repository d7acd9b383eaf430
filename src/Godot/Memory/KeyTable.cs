namespace Godot.Memory;

/// <summary>
/// Finds what belongs to a key. Open addressing with linear probing, at most four fifths full. A key is given in two parts, so that (host,
/// service) is looked up where it stands, without being put together first.
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

    KeyArena texts = new();
    Slot[] slots = new Slot[Smallest];

    // Keys whose texts still stand there since they were last moved together.
    int removed;

    public int Count { get; private set; }

    /// <summary>Brings the slot of a hash near.</summary>
    public void Prefetch(ulong hash) => Cache.Prefetch(in slots[Home((uint)hash, slots.Length)]);

    /// <summary>
    /// The place of the key that most probably has this hash, once its slot is near; negative if there is surely none. Its text is brought
    /// near, for <see cref="Find"/>. The place holds until a key is added or removed.
    /// </summary>
    public int Guess(ulong hash)
    {
        uint tag = (uint)hash;
        Slot[] slots = this.slots;
        for (int i = Home(tag, slots.Length); slots[i].Text != 0; i = After(i, slots.Length))
        {
            if (slots[i].Tag != tag) continue;
            texts.Prefetch(slots[i].Text);
            return i;
        }
        return -1;
    }

    /// <summary>The place of a key; negative if it is not there. It holds until a key is added or removed.</summary>
    public int Find(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        uint tag = (uint)hash;
        Slot[] slots = this.slots;
        for (int i = Home(tag, slots.Length); slots[i].Text != 0; i = After(i, slots.Length))
            if (slots[i].Tag == tag && texts.Is(slots[i].Text, first, second)) return i;
        return -1;
    }

    /// <summary>What belongs to the key at a place.</summary>
    public ref T this[int place] => ref slots[place].Value;

    /// <summary>Adds a key that is not there; the caller has looked. Returns its place.</summary>
    public int Add(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, T value)
    {
        if (!IsRoomFor(Count + 1, slots.Length)) Rebuild(Longer(slots.Length));
        Count++;
        return Insert(new Slot { Tag = (uint)hash, Text = texts.Add(first, second), Value = value });
    }

    /// <summary>Visits every key: its value and its two texts.</summary>
    public void Visit(Visitor visit) => Visit(0, slots.Length, visit);

    /// <summary>
    /// Visits the keys in so many slots, from one on. Returns the slot behind them; 0 at the end. What is added or removed between two
    /// calls may move others past that.
    /// </summary>
    public int Visit(int from, int count, Visitor visit)
    {
        Slot[] slots = this.slots;
        int end = Math.Min(from + count, slots.Length);
        for (int i = from; i < end; i++)
        {
            ref Slot slot = ref slots[i];
            if (slot.Text != 0) visit(ref slot.Value, texts.First(slot.Text), texts.Second(slot.Text));
        }
        return end < slots.Length ? end : 0;
    }

    /// <summary>Makes room for so many keys at once.</summary>
    public void EnsureRoom(int count)
    {
        int length = LengthFor(count, slots.Length);
        if (length > slots.Length) Rebuild(length);
    }

    public delegate void Visitor(ref T value, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>
    /// Takes out every key that the predicate chooses by its value, the half of its hash that does not name the lane, and its two texts.
    /// </summary>
    public void RemoveAll(Choice choose)
    {
        int before = Count;
        try
        {
            foreach (ref Slot slot in slots.AsSpan())
            {
                if (slot.Text == 0 || !choose(ref slot.Value, slot.Tag, texts.First(slot.Text), texts.Second(slot.Text))) continue;
                slot = default;
                Count--;
                removed++;
            }
        }
        finally
        {
            // Whatever happened: behind a slot that is free now, others would not be found.
            if (Count != before) CloseGaps();
        }
    }

    void CloseGaps()
    {
        // What is left moves together when there is as much to gain as to copy, so that those that are gone cost little.
        if (removed >= Count)
        {
            KeyArena old = texts;
            texts = new KeyArena();
            foreach (ref Slot slot in slots.AsSpan())
                if (slot.Text != 0) slot.Text = texts.Add(old.First(slot.Text), old.Second(slot.Text));
            removed = 0;
        }
        Rebuild(LengthFor(Count, Smallest));
    }

    public delegate bool Choice(ref T value, uint tag, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    // Tags that are larger belong farther back, however many slots there are: they are rebuilt from the first to the last into the first to
    // the last, which is fast enough to be done at each fourth more.
    static int Home(uint tag, int length) => (int)((ulong)tag * (uint)length >> 32);

    static int After(int place, int length) => place + 1 < length ? place + 1 : 0;

    static bool IsRoomFor(int count, int length) => count * 5L <= length * 4L;

    static int LengthFor(int count, int atLeast)
    {
        int length = atLeast;
        while (!IsRoomFor(count, length)) length = Longer(length);
        return length;
    }

    static int Longer(int length) => length + length / 4;

    void Rebuild(int length)
    {
        Slot[] old = slots;
        slots = new Slot[length];
        foreach (ref readonly Slot slot in old.AsSpan())
            if (slot.Text != 0) Insert(slot);
    }

    int Insert(in Slot slot)
    {
        int i = Home(slot.Tag, slots.Length);
        while (slots[i].Text != 0) i = After(i, slots.Length);
        slots[i] = slot;
        return i;
    }
}
