using Godot.Events;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>Who goes where what a pass brings may not fit, and, where not all of it does even then, who comes first.</summary>
sealed class Eviction(Engine engine, Exchange pass)
{
    PassKeys Keys => pass.Keys;

    /// <summary>Some series may have to go for those of this block.</summary>
    public void MakeRoom(Block block)
    {
        UnknownSeries unknown = new(Keys, block);
        LaneVisit.Run(engine.Lanes, pass, ref unknown);
        if (engine.SeriesRoom.Fits(unknown.Count, unknown.Names)) return;
        if (Forget(engine.SeriesRoom, [.. engine.Lanes.Select(lane => lane.Series)]) is var forgotten and > 0)
            pass.Notices.SeriesForgotten(forgotten);
        if (engine.Lanes.Length > 1 && !engine.SeriesRoom.Fits(unknown.Count, unknown.Names)) FindSeries(block);
    }

    /// <summary>Some keys of a segment may have to go for those of what was handed over to it.</summary>
    public void MakeRoom(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        UnknownKeys unknown = new(Keys, segment, items);
        LaneVisit.Run(engine.Lanes, pass, ref unknown);
        if (segment.Room.Fits(unknown.Count, unknown.Names)) return;
        if (Forget(segment.Room, segment.Shards) is var forgotten and > 0) pass.Notices.KeysForgotten(segment, forgotten);
        if (segment.Shards.Length > 1 && !segment.Room.Fits(unknown.Count, unknown.Names)) FindKeys(segment, items, number);
    }

    // All are counted before any goes, so that which ones go does not depend on what lanes they are on.
    int Forget(Room room, IReadOnlyList<IForgetful> tables)
    {
        if (!room.MaySearch(engine.Now, out int search)) return 0;
        int forgotten = 0;
        bool some = true;
        // Chance may spare them all where there are few.
        for (int wanted = room.Wanted; forgotten == 0 && some && wanted <= 4L * room.Keys; wanted *= 2)
        {
            int[] ranks = new int[Recency.Ranks];
            foreach (IForgetful table in tables)
            {
                using (table.Lane.Enter(pass)) table.Count(ranks);
            }
            some = ranks.AsSpan(1).ContainsAnyExcept(0);
            Shortage shortage = new(ranks, wanted, search);
            foreach (IForgetful table in tables)
            {
                using (table.Lane.Enter(pass))
                {
                    forgotten += table.Forget(shortage);
                    table.Lane.RemoveFreedTimers();
                }
            }
        }
        room.CountForgotten(forgotten);
        return forgotten;
    }

    // Not all of them may fit: first come, first served, whatever lanes they are on.
    void FindSeries(Block block)
    {
        for (int i = 0; i < block.Count; i++)
        {
            Lane lane = engine.Lanes[Keys.LaneOf(i)];
            using (lane.Enter(pass)) lane.Series.Find(block[i], Keys.HashOf(i), ahead: true);
        }
    }

    // As with series.
    void FindKeys(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        for (int i = 0; i < items.Length; i++)
        {
            SegmentShard shard = segment.Shards[Keys.LaneOf(i)];
            if (Keys.FailureOf(i) is not null) continue;
            using (shard.Lane.Enter(pass)) Keys.KeyIn(shard, i, items[i].View, number + i, Recency.Ahead);
        }
    }

    /// <summary>Counts a block's series that are not there yet, and what their names take.</summary>
    ref struct UnknownSeries(PassKeys keys, Block block) : ILaneWork
    {
        readonly HashSet<ulong> hashes = [];

        public readonly int Count => hashes.Count;

        public long Names { get; private set; }

        public void Run(Lane lane, ReadOnlySpan<int> share)
        {
            foreach (int i in share)
            {
                if (lane.Series.Knows(block[i], keys.HashOf(i)) || !hashes.Add(keys.HashOf(i))) continue;
                Names += SeriesKey.Text(block[i], FieldSet.Host).Length + SeriesKey.Text(block[i], FieldSet.Service).Length;
            }
        }
    }

    /// <summary>The same with the keys of a segment.</summary>
    ref struct UnknownKeys(PassKeys keys, Segment segment, ReadOnlySpan<EmissionBuffer.Item> items) : ILaneWork
    {
        readonly HashSet<ulong> hashes = [];
        readonly ReadOnlySpan<EmissionBuffer.Item> items = items;

        public readonly int Count => hashes.Count;

        public long Names { get; private set; }

        public void Run(Lane lane, ReadOnlySpan<int> share)
        {
            SegmentShard shard = segment.Shards[lane.Index];
            foreach (int i in share)
            {
                if (keys.FailureOf(i) is not null || keys.IsKnown(shard, i, items[i].View) || !hashes.Add(keys.HashOf(i))) continue;
                Names += keys.NameLength(i, items[i].View);
            }
        }
    }
}
