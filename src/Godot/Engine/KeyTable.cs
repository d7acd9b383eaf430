using System.Diagnostics.CodeAnalysis;

namespace Godot;

/// <summary>
/// Finds what belongs to a key of bytes. Open addressing with linear probing, at most three quarters full. A key may be given in two parts, so that
/// (host, service) is looked up where it stands, without being put together first.
/// </summary>
sealed class KeyTable<T>
{
    struct Slot
    {
        public ulong Hash;
        public byte[]? Key;
        public int Split;
        public T Value;
    }

    Slot[] slots = new Slot[16];

    public int Count { get; private set; }

    public bool TryGet(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, [MaybeNullWhen(false)] out T value)
    {
        int mask = slots.Length - 1;
        for (int i = (int)hash & mask; slots[i].Key is not null; i = (i + 1) & mask)
        {
            if (!Is(in slots[i], hash, first, second)) continue;
            value = slots[i].Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Adds a key that is not there; the caller has looked.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, T value)
    {
        if ((Count + 1) * 4 > slots.Length * 3) Grow();
        byte[] key = new byte[first.Length + second.Length];
        first.CopyTo(key);
        second.CopyTo(key.AsSpan(first.Length));
        Insert(new Slot { Hash = hash, Key = key, Split = first.Length, Value = value });
        Count++;
    }

    /// <summary>Takes out every key whose value the predicate chooses.</summary>
    public void RemoveAll(Func<T, bool> choose)
    {
        Slot[] old = slots;
        List<Slot> kept = [];
        foreach (Slot slot in old)
            if (slot.Key is not null && !choose(slot.Value)) kept.Add(slot);
        if (kept.Count == Count) return;
        Count = kept.Count;
        slots = new Slot[CapacityFor(Count)];
        foreach (Slot slot in kept) Insert(slot);
    }

    /// <summary>All values, in no order.</summary>
    public IEnumerable<T> Values
    {
        get
        {
            foreach (Slot slot in slots)
                if (slot.Key is not null) yield return slot.Value;
        }
    }

    static bool Is(ref readonly Slot slot, ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        slot.Hash == hash && slot.Split == first.Length && slot.Key!.Length == first.Length + second.Length
        && first.SequenceEqual(slot.Key.AsSpan(0, first.Length)) && second.SequenceEqual(slot.Key.AsSpan(first.Length));

    static int CapacityFor(int count) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 4 / 3 + 1));

    void Grow()
    {
        Slot[] old = slots;
        slots = new Slot[old.Length * 2];
        foreach (Slot slot in old)
            if (slot.Key is not null) Insert(slot);
    }

    void Insert(Slot slot)
    {
        int mask = slots.Length - 1, i = (int)slot.Hash & mask;
        while (slots[i].Key is not null) i = (i + 1) & mask;
        slots[i] = slot;
    }
}
