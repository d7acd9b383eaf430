using System.Numerics;
using System.Runtime.InteropServices;
using Godot.Stages;

namespace Godot.Runtime;

/// <summary>
/// What one lane has to do later: a hierarchical timing wheel (Varghese and Lauck, 1987). Adding a timer costs the same however many there
/// are. The slots of a level are sixty-four times as coarse as those of the level below; when a slot's time comes, its timers come down.
/// Those that are due run in the order of their times, at the same time the older key's first, whatever lane it is on.
/// </summary>
sealed class TimingWheel
{
    // A slot of the lowest level is 2^14 times 100 ns, 1.6 ms; eight levels reach further than any timer.
    const int TickBits = 14, SlotBits = 6, Slots = 1 << SlotBits, Levels = 8;

    struct Slot
    {
        public TimerPile Timers;
        public long Earliest;
    }

    // Of each level only those slots are in use that lie within the current slot of the level above, and are not over.
    readonly Slot[] slots = new Slot[Levels * Slots];
    readonly ulong[] used = new ulong[Levels];
    readonly TimerChunks spare = new();
    long tick;

    // What is due at once is seldom more; what takes more room is not kept.
    const int DueKept = 16 * 1024;

    List<StageTimer> due = [];
    List<(long Due, long Birth, int Index)> order = [];

    /// <summary>When the first is due; <see cref="long.MaxValue"/> if there is none.</summary>
    public long NextDue => TryFirst(out int level, out int slot) ? slots[level * Slots + slot].Earliest : long.MaxValue;

    public void Add(StageTimer timer)
    {
        long at = Math.Max(timer.Due >> TickBits, tick), differs = at ^ tick;
        int level = differs == 0 ? 0 : BitOperations.Log2((ulong)differs) / SlotBits;
        int index = (int)(at >> level * SlotBits) & (Slots - 1);
        ref Slot slot = ref slots[level * Slots + index];
        bool isFirst = (used[level] & 1UL << index) == 0;
        slot.Earliest = isFirst ? timer.Due : Math.Min(slot.Earliest, timer.Due);
        slot.Timers.Add(timer, spare);
        used[level] |= 1UL << index;
    }

    /// <summary>Takes out and runs what is due by now. What it asks for meanwhile is due later.</summary>
    public void Run(long now, Action<StageTimer> run)
    {
        long last = now >> TickBits;
        while (TryFirst(out int level, out int slot) && StartOf(level, slot) is var start && start <= last)
        {
            tick = start;
            used[level] &= ~(1UL << slot);
            TimerPile timers = slots[level * Slots + slot].Timers;
            slots[level * Slots + slot].Timers = default;
            while (timers.TryTake(out StageTimer timer, spare))
            {
                if (level == 0 && timer.Due <= now) due.Add(timer);
                else Add(timer);
            }
            RunDue(run);
            if (level == 0 && start == last) break;
        }
        tick = Math.Max(tick, last);
    }

    /// <summary>Takes out every timer that the predicate chooses.</summary>
    public void RemoveAll(Predicate<StageTimer> choose)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            TimerPile timers = slots[i].Timers;
            slots[i].Timers = default;
            used[i / Slots] &= ~(1UL << i % Slots);
            while (timers.TryTake(out StageTimer timer, spare))
                if (!choose(timer)) Add(timer);
        }
    }

    void RunDue(Action<StageTimer> run)
    {
        order.Clear();
        foreach (StageTimer timer in due) order.Add((timer.Due, timer.What.BirthOf(timer.Key), order.Count));
        // By the index, too: those that one key asked for at once run in the order in which it did.
        if (!IsSorted()) order.Sort(Compare);
        foreach ((_, _, int index) in order) run(due[index]);
        due.Clear();
        if (due.Capacity > DueKept) (due, order) = ([], []);
    }

    bool IsSorted()
    {
        Span<(long, long, int)> all = CollectionsMarshal.AsSpan(order);
        for (int i = 1; i < all.Length; i++)
            if (Compare(all[i - 1], all[i]) > 0) return false;
        return true;
    }

    static int Compare((long Due, long Birth, int Index) a, (long Due, long Birth, int Index) b) =>
        a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Birth != b.Birth ? a.Birth.CompareTo(b.Birth) : a.Index.CompareTo(b.Index);

    // What is in a lower level comes before what is in a higher one.
    bool TryFirst(out int level, out int slot)
    {
        for (level = 0; level < Levels; level++)
        {
            if (used[level] == 0) continue;
            slot = BitOperations.TrailingZeroCount(used[level]);
            return true;
        }
        slot = 0;
        return false;
    }

    long StartOf(int level, int slot)
    {
        int shift = level * SlotBits;
        return (tick >> shift + SlotBits << SlotBits | (long)slot) << shift;
    }
}
