using Godot.Events;
using Godot.Memory;
using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>
/// The keys of the events of a pass: their hashes, which name the lanes, and, where no series knows them, their texts. Each lane's share of
/// the events stays in order.
/// </summary>
sealed class PassKeys(int lanes)
{
    readonly int[] ends = new int[lanes];
    readonly KeyText texts = new();
    ulong[] hashes = [];
    Slice[] slices = [];
    int[] laneOf = [], ordered = [];

    // What functions threw that should have made keys; null as long as none has.
    Dictionary<int, Exception>? failures;

    /// <summary>Takes the events of a block, by their series.</summary>
    public void Take(Block block)
    {
        Begin(block.Count);
        for (int i = 0; i < block.Count; i++)
        {
            ref EventRow row = ref block.Rows[i];
            if (row.Hash == 0) row.Hash = SeriesKey.Hash(block[i]);
            hashes[i] = row.Hash;
        }
        Divide(block.Count);
    }

    /// <summary>Takes what reached a segment, by that segment's key.</summary>
    public void Take(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items)
    {
        Begin(items.Length);
        for (int i = 0; i < items.Length; i++) Add(segment, i, items[i].View);
        Divide(items.Length);
    }

    /// <summary>Takes one event.</summary>
    public void Take(Segment segment, EventView e)
    {
        Begin(1);
        Add(segment, 0, e);
        Divide(1);
    }

    /// <summary>The indices of a lane's events.</summary>
    public ReadOnlySpan<int> Of(int lane) => ordered.AsSpan((lane == 0 ? 0 : ends[lane - 1])..ends[lane]);

    /// <summary>The lane of an event.</summary>
    public int LaneOf(int index) => laneOf[index];

    /// <summary>The lane of a hash: its upper half, scaled to the number of lanes.</summary>
    public static int LaneOf(ulong hash, int lanes) => (int)((hash >> 32) * (ulong)lanes >> 32);

    public ulong HashOf(int index) => hashes[index];

    /// <summary>Why an event has no key: a function of the user's threw. Null: it has one.</summary>
    public Exception? FailureOf(int index) => failures?.GetValueOrDefault(index);

    /// <summary>
    /// The key of an event in a shard that finds its keys itself, made if it is new; <see cref="Stages.StageHost.AnyKey"/> if there are too
    /// many.
    /// </summary>
    public int KeyIn(SegmentShard shard, int index, EventView e, long birth, Recency recency) => slices[index].Length > 0
        ? shard.KeyOf(hashes[index], texts[slices[index]], [], birth, recency)
        : shard.KeyOf(hashes[index], SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service), birth, recency);

    /// <summary>True if a shard that finds its keys itself has that of an event.</summary>
    public bool IsKnown(SegmentShard shard, int index, EventView e) => slices[index].Length > 0
        ? shard.Knows(hashes[index], texts[slices[index]], [])
        : shard.Knows(hashes[index], SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service));

    /// <summary>The key of an event in a shard, and <see cref="Stages.StageHost.AnyKey"/> if it has none; makes none.</summary>
    public int FindKey(SegmentShard shard, int index, EventView e) => shard.Segment.Sharding switch
    {
        Sharding.One => SegmentShard.OnlyKey,
        Sharding.Series => shard.FindKey(e),
        _ => shard.FindKey(hashes[index], texts[slices[index]]),
    };

    /// <summary>How many bytes a key's name takes.</summary>
    public int NameLength(int index, EventView e) =>
        slices[index].Length > 0 ? slices[index].Length
        : SeriesKey.Text(e, FieldSet.Host).Length + SeriesKey.Text(e, FieldSet.Service).Length;

    /// <summary>
    /// How many bytes the names of all keys take at most, where no series knows them: cheap to know, since it is asked for in each pass.
    /// </summary>
    public long MostNameBytes { get; private set; }

    void Begin(int count)
    {
        texts.Clear();
        failures?.Clear();
        MostNameBytes = 0;
        if (hashes.Length >= count) return;
        (hashes, slices, laneOf, ordered) = (new ulong[2 * count], new Slice[2 * count], new int[2 * count], new int[2 * count]);
    }

    void Add(Segment segment, int index, EventView e)
    {
        if (segment.Sharding == Sharding.Tuple)
        {
            try
            {
                slices[index] = texts.Add(e, segment.Fields);
                hashes[index] = Hashing.Of(texts[slices[index]]);
                MostNameBytes += slices[index].Length;
            }
            // A user's function may throw anything. The event is lost where it would have been run, and counted there.
            catch (Exception thrown)
            {
                (failures ??= []).Add(index, thrown);
                hashes[index] = 1;
            }
        }
        else
        {
            slices[index] = default;
            // Known since the event came in, unless a stage changed its host or service.
            hashes[index] = e.Row.Hash != 0 ? e.Row.Hash : SeriesKey.Hash(e);
            MostNameBytes += e.Bytes.Length;
        }
    }

    void Divide(int count)
    {
        Array.Clear(ends);
        for (int i = 0; i < count; i++)
        {
            laneOf[i] = LaneOf(hashes[i], lanes);
            ends[laneOf[i]]++;
        }
        // Each share begins where the one before it ends, and is filled up to its own end.
        int begin = 0;
        foreach (ref int end in ends.AsSpan()) (begin, end) = (begin + end, begin);
        for (int i = 0; i < count; i++) ordered[ends[laneOf[i]]++] = i;
    }
}
