using System.Numerics;
using System.Runtime.ExceptionServices;
using Godot.Events;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>
/// One thread's way through the engine, one at a time: it takes each lane's lock in turn for that lane's share of a block (one that is held
/// for long comes last), then hands what came out, in order of arrival, to the next segment, and so on. It never holds two locks.
/// </summary>
/// <remarks>
/// Stages guard themselves. Should anything else throw, all that was emitted is handed over first, and the buffers are empty for the next
/// pass; then whoever feeds is told.
/// </remarks>
sealed class Intake(Engine engine)
{
    // So many are divided among the lanes at once: a pass in which a million keys emit needs no more room than others.
    const int Part = 4096;

    // Threads follow each other from lane to lane, and hardly wait: to leave a lane for later at once costs 15 % (docs/performance.md). Who
    // holds one for longer than this holds it for long, and the free ones go first.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    readonly PassKeys keys = new(engine.Lanes.Length);

    // What waits to be handed over, by the number of its target, and which targets those are.
    EmissionBuffer?[] buffers = [];
    readonly PriorityQueue<int, int> waiting = new();

    readonly List<Action> whenDelivered = [];

    // Buffers for topics: those that wait until all publishers were run, and those that subscribers are reading.
    readonly List<(EmissionBuffer Buffer, Topic Topic)> published = [];
    readonly List<EmissionBuffer> handedOut = [];

    // What the engine has to say itself, and has not said yet. While it says it, what has no room is lost for once: it says nothing about
    // that.
    readonly List<Event> notices = [];
    bool saying;

    // The first thing that was thrown while something was handed over; the rest is handed over all the same.
    ExceptionDispatchInfo? thrown;

    // The reactors that the buffers are for: empty buffers of reactors that were removed would keep those for ever.
    Plan? plan;

    /// <summary>
    /// Orders what is emitted while the lane's current event or timer is handled: the event's number, or when the timer was due and how old
    /// its key is. What follows from it in other segments keeps the first, so that what several reactors publish on a topic is in the order
    /// of what it follows from.
    /// </summary>
    public (long First, long Second) Rank;

    /// <summary>
    /// Runs every event of the block through every reactor that it can reach. Returns how many were dropped because there are too many
    /// series.
    /// </summary>
    public int Run(Block block)
    {
        if (block.Count == 0) return 0;
        Engine.RefuseStages();
        engine.Gate.Enter();
        try
        {
            return RunInside(block);
        }
        finally
        {
            engine.Gate.Leave();
        }
    }

    int RunInside(Block block)
    {
        FollowPlan();
        long arrival = engine.NumberArrivals(block.Count);
        keys.Take(block);
        Arrivals arrivals = new(this, block, arrival);
        try
        {
            if (!saying && !engine.SeriesRoom.Fits(block.Count, block.Used)) MakeRoom(block);
            Visit(ref arrivals);
        }
        finally
        {
            try
            {
                // Buffers say where events stand in the block, which will soon hold others.
                Deliver();
            }
            finally
            {
                engine.TimerDriver.Arm();
            }
        }
        return arrivals.Dropped;
    }

    // Lanes that others hold for long come last: what comes out is put in order afterwards.
    void Visit<TWork>(scoped ref TWork work)
        where TWork : struct, ILaneWork, allows ref struct
    {
        ulong busy = 0;
        foreach (Lane lane in engine.Lanes)
        {
            if (keys.Of(lane.Index).IsEmpty) continue;
            if (!lane.TryEnter(this, Patience, out Lane.Run run)) busy |= 1UL << lane.Index;
            else
                using (run) work.Run(lane, keys.Of(lane.Index));
        }
        for (; busy != 0; busy &= busy - 1)
        {
            Lane lane = engine.Lanes[BitOperations.TrailingZeroCount(busy)];
            using (lane.Enter(this)) work.Run(lane, keys.Of(lane.Index));
        }
    }

    /// <summary>Runs something on a lane: its timers, a flush. What it emits is handed over with <see cref="Deliver"/>.</summary>
    public void RunLane(Lane lane, Action<Lane> work)
    {
        FollowPlan();
        using (lane.Enter(this)) work(lane);
    }

    /// <summary>The same, unless somebody else holds the lane for longer than a time: then false.</summary>
    public bool TryRunLane(Lane lane, TimeSpan patience, Action<Lane> work)
    {
        FollowPlan();
        if (!lane.TryEnter(this, patience, out Lane.Run run)) return false;
        using (run) work(lane);
        return true;
    }

    /// <summary>The shard of a segment that is divided over the lanes on which an event would be run.</summary>
    public SegmentShard ShardOf(Segment segment, EventView e)
    {
        keys.Take(segment, e);
        return segment.Shards[keys.LaneOf(0)];
    }

    /// <summary>
    /// Tells a stage of a segment that an event such as the block's first is expected. False if it could never get there.
    /// </summary>
    public bool Expect(Segment segment, string step, Block block)
    {
        // As if it had come: so that keys that expire at the same time have an order, whatever lanes they are on.
        long birth = engine.NumberArrivals(1);
        EventView e = block[0];
        keys.Take(segment, e);
        SegmentShard shard = segment.Sharding == Sharding.One ? segment.Shards[0] : segment.Shards[keys.LaneOf(0)];
        using (shard.Lane.Enter(this))
        {
            int key = segment.Sharding == Sharding.One ? SegmentShard.OnlyKey
                : segment.FindsKeys ? keys.FailureOf(0) is null ? keys.KeyIn(shard, 0, e, birth, default) : SegmentShard.AnyKey
                : shard.Lane.Series.KeyIn(segment, e, birth);
            if (key != SegmentShard.AnyKey) shard.Expect(step, e, key);
            return key != SegmentShard.AnyKey;
        }
    }

    /// <summary>
    /// Does something with a key by the texts that name it, on its lane; the key is made if it is not there. Nothing, if there are too many
    /// keys.
    /// </summary>
    public void OnKey(Segment segment, byte[] first, byte[] second, long birth, Action<SegmentShard, int> act)
    {
        ulong hash = segment.Sharding == Sharding.Tuple ? Hashing.Of(first) : SeriesKey.Hash(first, second);
        SegmentShard shard = segment.Shards.Length == 1 ? segment.Shards[0] : segment.Shards[PassKeys.LaneOf(hash, engine.Lanes.Length)];
        RunLane(shard.Lane, lane =>
        {
            int key = segment.Sharding == Sharding.One ? SegmentShard.OnlyKey
                : segment.FindsKeys ? shard.KeyOf(hash, first, second, birth, default)
                : lane.Series.KeyIn(segment, hash, first, second, birth);
            if (key != SegmentShard.AnyKey) act(shard, key);
        });
    }

    public void Emit(Target target, EventView e) => BufferFor(target).Add(e, Rank);

    public void Emit(Target target, IReadOnlyList<Event> batch) => BufferFor(target).Add(batch, Rank);

    /// <summary>
    /// Does something once all that was emitted so far has been handed over: what another thread emits afterwards cannot overtake it.
    /// </summary>
    public void WhenDelivered(Action act) => whenDelivered.Add(act);

    /// <summary>Hands over everything that was emitted, and what that emits, until nothing is left.</summary>
    public void Deliver()
    {
        do DeliverWithinReactors();
        while (HandOut());
        foreach (Action act in whenDelivered) Guarded(act);
        whenDelivered.Clear();
        if (notices.Count > 0) Guarded(SayNotices);
        engine.Alerts.PassEnded();
        if (thrown is not { } first) return;
        thrown = null;
        first.Throw();
    }

    void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            thrown ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    void DeliverWithinReactors()
    {
        // A target's number is higher than that of everything that sends to it: by the time it is lowest, its buffer is complete.
        while (waiting.TryDequeue(out int id, out _))
        {
            EmissionBuffer buffer = buffers[id]!;
            bool stays = false;
            try
            {
                buffer.Sort();
                if (buffer.Target is Publication publication && plan!.TopicOf(publication.Topic) is { } topic)
                {
                    published.Add((buffer, topic));
                    stays = true;
                }
                else if (buffer.Target is Segment segment) Run(segment, buffer);
                else if (buffer.Target is WayOut way) HandOver(way, buffer);
            }
            catch (Exception e)
            {
                thrown ??= ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                if (!stays) buffer.Clear();
            }
        }
    }

    void HandOver(WayOut way, EmissionBuffer buffer)
    {
        foreach (ref readonly EmissionBuffer.Item item in buffer.Items)
        {
            try
            {
                if (item.Batch is { } batch) way.Take(batch);
                else way.Take(item.View);
            }
            catch (Exception e)
            {
                thrown ??= ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    void Lost(Exception e, EventView on) => engine.LostOnTheWay(e, on);

    void SayNotices()
    {
        Block block = new();
        foreach (Event notice in notices)
        {
            block.Add(notice);
            block.Rows[block.Count - 1].Time = engine.UtcNow;
        }
        notices.Clear();
        saying = true;
        try
        {
            RunInside(block);
        }
        finally
        {
            saying = false;
        }
    }

    void NoteDropped() => Note(engine.TooManySeries());

    void NoteLost(Segment segment)
    {
        if (!saying) Note(segment.Running.TooManyKeys(segment));
    }

    void Note(Event? notice)
    {
        if (notice is not null) notices.Add(notice);
    }

    // Some series may have to go for those of this block.
    void MakeRoom(Block block)
    {
        UnknownSeries unknown = new(keys, block);
        Visit(ref unknown);
        if (engine.SeriesRoom.Fits(unknown.Count, unknown.Names)) return;
        if (Forget(engine.SeriesRoom, [.. engine.Lanes.Select(lane => lane.Series)]) is var forgotten and > 0)
            Note(engine.SeriesForgotten(forgotten));
        if (engine.Lanes.Length > 1 && !engine.SeriesRoom.Fits(unknown.Count, unknown.Names)) FindSeries(block);
    }

    void MakeRoom(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        UnknownKeys unknown = new(keys, segment, items);
        Visit(ref unknown);
        if (segment.Room.Fits(unknown.Count, unknown.Names)) return;
        if (Forget(segment.Room, segment.Shards) is var forgotten and > 0 && !saying)
            Note(segment.Running.KeysForgotten(segment, forgotten));
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
                using (table.Lane.Enter(this)) table.Count(ranks);
            }
            some = ranks.AsSpan(1).ContainsAnyExcept(0);
            Shortage shortage = new(ranks, wanted, search);
            foreach (IForgetful table in tables)
            {
                using (table.Lane.Enter(this))
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
            Lane lane = engine.Lanes[keys.LaneOf(i)];
            using (lane.Enter(this)) lane.Series.Find(block[i], keys.HashOf(i), ahead: true);
        }
    }

    // As with series.
    void FindKeys(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        for (int i = 0; i < items.Length; i++)
        {
            SegmentShard shard = segment.Shards[keys.LaneOf(i)];
            if (keys.FailureOf(i) is not null) continue;
            using (shard.Lane.Enter(this)) keys.KeyIn(shard, i, items[i].View, number + i, Recency.Ahead);
        }
    }

    /// <summary>
    /// Puts what was published into the buffers of the subscribers: of those topics that nothing else which was published can lead to, so
    /// that what all their publishers have for them is there. False if nothing was.
    /// </summary>
    bool HandOut()
    {
        // The subscribers' buffers do not copy: they say where events stand in these.
        foreach (EmissionBuffer buffer in handedOut) buffer.Clear();
        handedOut.Clear();
        if (published.Count == 0) return false;
        HandOutLowest();
        return true;
    }

    // By itself: what its functions capture would be allocated by every pass, also by those that publish nothing.
    void HandOutLowest()
    {
        int level = published.Min(each => each.Topic.Level);
        // In the order in which the publishers were added: of what one event led to, the elder's comes first.
        foreach ((EmissionBuffer buffer, Topic topic) in published.Where(each => each.Topic.Level == level)
            .OrderBy(each => each.Buffer.Target.Id))
        {
            foreach (Segment subscriber in topic.Subscribers)
                foreach (ref readonly EmissionBuffer.Item item in buffer.Items)
                    BufferFor(subscriber).Add(item.Block!, item.Index, item.Rank);
            handedOut.Add(buffer);
        }
        published.RemoveAll(each => each.Topic.Level == level);
    }

    /// <summary>Runs what reached a segment from another one: each event on the lane of its key.</summary>
    void Run(Segment segment, EmissionBuffer buffer)
    {
        ReadOnlySpan<EmissionBuffer.Item> items = buffer.Items;
        // They are in order now, whatever lanes they came from: numbered anew, the keys that they make here have an order too.
        long number = engine.NumberArrivals(items.Length);
        if (segment.Sharding == Sharding.One)
        {
            RunOne(segment.Shards[0], items, number);
            return;
        }
        for (int at = 0; at < items.Length; at += Part) Run(segment, items[at..Math.Min(at + Part, items.Length)], number + at);
    }

    void Run(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        keys.Take(segment, items);
        if (!segment.Room.Fits(items.Length, keys.MostNameBytes)) MakeRoom(segment, items, number);
        HandOvers handOvers = new(this, segment, items, number);
        Visit(ref handOvers);
    }

    void RunOne(SegmentShard shard, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        using (shard.Lane.Enter(this))
        {
            for (int i = 0; i < items.Length; i++)
            {
                Rank = (items[i].Rank.First, number + i);
                try
                {
                    shard.Run(items[i].View, SegmentShard.OnlyKey);
                }
                catch (Exception e)
                {
                    Lost(e, items[i].View);
                }
            }
        }
    }

    void FollowPlan()
    {
        if (plan == engine.Plan || waiting.Count > 0) return;
        plan = engine.Plan;
        Array.Clear(buffers);
    }

    EmissionBuffer BufferFor(Target target)
    {
        if (target.Id >= buffers.Length) Array.Resize(ref buffers, Math.Max(target.Id + 1, buffers.Length * 2));
        EmissionBuffer buffer = buffers[target.Id] ??= new EmissionBuffer(target);
        if (buffer.IsEmpty) waiting.Enqueue(target.Id, target.Id);
        return buffer;
    }

    /// <summary>What a pass does on each lane that has a share of it, while that lane's lock is held.</summary>
    interface ILaneWork
    {
        void Run(Lane lane, ReadOnlySpan<int> share);
    }

    /// <summary>Runs a block's events.</summary>
    ref struct Arrivals(Intake intake, Block block, long arrival) : ILaneWork
    {
        /// <summary>Events of series that would have been too many.</summary>
        public int Dropped { get; private set; }

        public void Run(Lane lane, ReadOnlySpan<int> share)
        {
            lane.RunPosted();
            ArrivalRun run = new(intake, lane.Series, block, arrival);
            PrefetchPipeline.Run(ref run, share);
            Dropped += run.Dropped;
        }
    }

    /// <summary>Runs what was handed over to a segment.</summary>
    readonly ref struct HandOvers(Intake intake, Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number) : ILaneWork
    {
        readonly ReadOnlySpan<EmissionBuffer.Item> items = items;

        public void Run(Lane lane, ReadOnlySpan<int> share)
        {
            HandOverRun run = new(intake, segment, segment.Shards[lane.Index], items, number);
            PrefetchPipeline.Run(ref run, share);
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

    /// <summary>A lane's share of a block: each event on its series, into each reactor that this can reach.</summary>
    ref struct ArrivalRun(Intake intake, SeriesTable all, Block block, long arrival) : IRun
    {
        /// <summary>Events of series that would have been too many.</summary>
        public int Dropped { get; private set; }

        public readonly void PrefetchKey(int index) => all.Prefetch(intake.keys.HashOf(index));

        public readonly int Guess(int index) => all.Guess(intake.keys.HashOf(index));

        public readonly void PrefetchStates(int guess) => all.PrefetchStates(guess);

        public readonly void PrefetchKept(int guess) => all.PrefetchKept(guess);

        public readonly void Failed(int index, Exception thrown) => intake.Lost(thrown, block[index]);

        public void Run(int index)
        {
            EventView e = block[index];
            int place = all.Find(e, e.Row.Hash, own: intake.saying);
            if (place == SeriesTable.None)
            {
                Dropped++;
                intake.NoteDropped();
                return;
            }
            ref SeriesTable.Series series = ref all[place];
            Route route = all.RouteOf(in series);
            Span<int> keys = all.KeysOf(ref series);
            intake.Rank = (arrival + index, 0);
            for (int i = 0; i < keys.Length; i++)
            {
                if (route.Shards[i] is { } shard) shard.Run(e, shard.KeyFor(ref keys[i], arrival + index));
                else intake.BufferFor(route.Segments[i]).Add(block, index, intake.Rank);
            }
        }
    }

    /// <summary>A lane's share of what was handed over to a segment: each event on its key.</summary>
    readonly ref struct HandOverRun(Intake intake, Segment segment, SegmentShard shard, ReadOnlySpan<EmissionBuffer.Item> items,
        long number) : IRun
    {
        readonly ReadOnlySpan<EmissionBuffer.Item> items = items;

        public void PrefetchKey(int index) => shard.PrefetchKey(intake.keys.HashOf(index));

        public int Guess(int index) => shard.GuessKey(intake.keys.HashOf(index));

        public void PrefetchStates(int guess) => shard.Prefetch(guess);

        public void PrefetchKept(int guess) => shard.PrefetchKept(guess);

        public void Failed(int index, Exception thrown) => intake.Lost(thrown, items[index].View);

        public void Run(int index)
        {
            EventView e = items[index].View;
            intake.Rank = (items[index].Rank.First, number + index);
            if (intake.keys.FailureOf(index) is { } thrown)
            {
                shard.Lost(thrown, e);
                return;
            }
            int key = intake.keys.KeyIn(shard, index, e, number + index, Recency.First);
            if (key != SegmentShard.AnyKey) shard.Run(e, key);
            else intake.NoteLost(segment);
        }
    }
}
