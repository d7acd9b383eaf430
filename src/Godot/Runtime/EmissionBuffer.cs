using System.Runtime.InteropServices;
using Godot.Events;

namespace Godot.Runtime;

/// <summary>
/// What one thread has for one target: copies of emitted events, or, of events that come straight from an input, where they stand.
/// </summary>
sealed class EmissionBuffer(Target target)
{
    /// <param name="Block">Where the event stands; null if this is a batch.</param>
    public readonly record struct Item(Block? Block, int Index, IReadOnlyList<Event>? Batch, (long First, long Second) Rank, int Sequence)
    {
        public EventView View => Block![Index];
    }

    // So much stands in one block, and is kept for the next pass. A pass in which a million keys emit takes more, for as long as it lasts.
    const int BytesABlock = 256 * 1024, ItemsKept = 16 * 1024;

    Block copies = new();
    List<Item> items = [];
    bool inOrder = true;

    public Target Target => target;

    public bool IsEmpty => items.Count == 0;

    public ReadOnlySpan<Item> Items => CollectionsMarshal.AsSpan(items);

    public void Add(EventView e, (long, long) rank)
    {
        // A block that is full is left to the items that stand in it.
        if (copies.Used >= BytesABlock) copies = new Block();
        Add(new Item(copies, copies.Add(e), null, rank, items.Count));
    }

    public void Add(Block block, int index, (long, long) rank) => Add(new Item(block, index, null, rank, items.Count));

    public void Add(IReadOnlyList<Event> batch, (long, long) rank) => Add(new Item(null, 0, batch, rank, items.Count));

    /// <summary>Puts what came from several lanes in order.</summary>
    public void Sort()
    {
        if (inOrder) return;
        items.Sort(static (a, b) => a.Rank.CompareTo(b.Rank) is var order and not 0 ? order : a.Sequence.CompareTo(b.Sequence));
        inOrder = true;
    }

    public void Clear()
    {
        if (items.Capacity > ItemsKept) items = [];
        items.Clear();
        copies.Clear();
        inOrder = true;
    }

    void Add(Item item)
    {
        if (items.Count > 0 && item.Rank.CompareTo(items[^1].Rank) < 0) inOrder = false;
        items.Add(item);
    }
}
