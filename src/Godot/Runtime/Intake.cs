using Godot.Events;

namespace Godot.Runtime;

/// <summary>
/// One thread's way into the engine, one at a time: it takes each lane's lock in turn for that lane's share of a block (one that is held
/// for long comes last), then what came out is handed over, in order of arrival. It never holds two locks.
/// </summary>
sealed class Intake(Engine engine)
{
    readonly Exchange exchange = new(engine);

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
        exchange.FollowPlan();
        long arrival = engine.NumberArrivals(block.Count);
        exchange.Keys.Take(block);
        Arrivals arrivals = new(engine, exchange, block, arrival);
        try
        {
            if (!engine.SeriesRoom.Fits(block.Count, block.Used) && !exchange.Notices.Saying)
                new Eviction(engine, exchange).MakeRoom(block);
            LaneVisit.Run(engine.Lanes, exchange, ref arrivals);
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

    /// <summary>Runs something on a lane: its timers, a flush. What it emits is handed over with <see cref="Deliver"/>.</summary>
    public void RunLane(Lane lane, Action<Lane> work)
    {
        exchange.FollowPlan();
        using (lane.Enter(exchange)) work(lane);
    }

    /// <summary>The same, unless somebody else holds the lane for longer than a time: then false.</summary>
    public bool TryRunLane(Lane lane, TimeSpan patience, Action<Lane> work)
    {
        exchange.FollowPlan();
        if (!lane.TryEnter(exchange, patience, out Lane.Run run)) return false;
        using (run) work(lane);
        return true;
    }

    /// <summary>The shard of a segment that is divided over the lanes on which an event would be run.</summary>
    public SegmentShard ShardOf(Segment segment, EventView e)
    {
        exchange.Keys.Take(segment, e);
        return segment.Shards[exchange.Keys.LaneOf(0)];
    }

    /// <summary>
    /// Does something with the key of an event in a segment, if it has one, on its lane. False if somebody else holds that for longer than
    /// a time.
    /// </summary>
    public bool TryFindKey(Segment segment, EventView e, TimeSpan patience, Action<SegmentShard, int> act)
    {
        exchange.Keys.Take(segment, e);
        SegmentShard shard = segment.Sharding == Sharding.One ? segment.Shards[0] : segment.Shards[exchange.Keys.LaneOf(0)];
        exchange.FollowPlan();
        if (!shard.Lane.TryEnter(exchange, patience, out Lane.Run run)) return false;
        using (run)
            if (exchange.Keys.FindKey(shard, 0, e) is var key and not SegmentShard.AnyKey) act(shard, key);
        return true;
    }

    /// <summary>
    /// Tells a stage of a segment that an event such as the block's first is expected. False if it could never get there.
    /// </summary>
    public bool Expect(Segment segment, string step, Block block)
    {
        // As if it had come: so that keys that expire at the same time have an order, whatever lanes they are on.
        long birth = engine.NumberArrivals(1);
        EventView e = block[0];
        PassKeys keys = exchange.Keys;
        keys.Take(segment, e);
        SegmentShard shard = segment.Sharding == Sharding.One ? segment.Shards[0] : segment.Shards[keys.LaneOf(0)];
        using (shard.Lane.Enter(exchange))
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
        ulong hash = HashOf(segment, first, second);
        SegmentShard shard = ShardOf(segment, hash);
        RunLane(shard.Lane, _ =>
        {
            if (KeyOf(shard, hash, first, second, birth) is var key and not SegmentShard.AnyKey) act(shard, key);
        });
    }

    /// <summary>The hash, in a segment, of the key that these texts name.</summary>
    public static ulong HashOf(Segment segment, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        segment.Sharding == Sharding.Tuple ? Hashing.Of(first) : SeriesKey.Hash(first, second);

    /// <summary>The shard of a segment that has the key of this hash.</summary>
    public static SegmentShard ShardOf(Segment segment, ulong hash) =>
        segment.Shards.Length == 1 ? segment.Shards[0] : segment.Shards[PassKeys.LaneOf(hash, segment.Shards.Length)];

    /// <summary>
    /// The key that these texts name in a shard, made if it is not there; <see cref="Stages.StageHost.AnyKey"/> if there are too many. On
    /// its lane.
    /// </summary>
    public static int KeyOf(SegmentShard shard, ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long birth) =>
        shard.Segment.Sharding == Sharding.One ? SegmentShard.OnlyKey
        : shard.Segment.FindsKeys ? shard.KeyOf(hash, first, second, birth, default)
        : shard.Lane.Series.KeyIn(shard.Segment, hash, first, second, birth);

    /// <summary>Hands over everything that was emitted, and says what the engine has to say about it.</summary>
    /// <param name="inGrace">What was emitted may have fallen silent while nobody listened.</param>
    public void Deliver(bool inGrace = false)
    {
        exchange.Deliver(inGrace);
        if (exchange.Notices.Any) exchange.Guarded(SayNotices);
        engine.Alerts.PassEnded();
        exchange.Rethrow();
    }

    void SayNotices() => exchange.Notices.Say(RunInside);

    /// <summary>Runs a block's events.</summary>
    ref struct Arrivals(Engine engine, Exchange exchange, Block block, long arrival) : ILaneWork
    {
        /// <summary>Events of series that would have been too many.</summary>
        public int Dropped { get; private set; }

        public void Run(Lane lane, ReadOnlySpan<int> share)
        {
            lane.RunPosted();
            ArrivalRun run = new(engine, exchange, exchange.Keys, lane.Series, block, arrival);
            PrefetchPipeline.Run(ref run, share);
            Dropped += run.Dropped;
        }
    }

    /// <summary>A lane's share of a block: each event on its series, into each reactor that this can reach.</summary>
    ref struct ArrivalRun(Engine engine, Exchange exchange, PassKeys hashes, SeriesTable all, Block block, long arrival) : IRun
    {
        // One of the engine's own.
        readonly bool own = exchange.Notices.Saying;

        /// <summary>Events of series that would have been too many.</summary>
        public int Dropped { get; private set; }

        public readonly void PrefetchKey(int index) => all.Prefetch(hashes.HashOf(index));

        public readonly int Guess(int index) => all.Guess(hashes.HashOf(index));

        public readonly void PrefetchStates(int guess) => all.PrefetchStates(guess);

        public readonly void PrefetchKept(int guess) => all.PrefetchKept(guess);

        public readonly void Failed(int index, Exception thrown) => engine.LostOnTheWay(thrown, block[index]);

        public void Run(int index)
        {
            EventView e = block[index];
            int place = all.Find(e, e.Row.Hash, own);
            if (place == SeriesTable.None)
            {
                Dropped++;
                exchange.Notices.SeriesDropped();
                return;
            }
            ref SeriesTable.Series series = ref all[place];
            Route route = all.RouteOf(in series);
            Span<int> keys = all.KeysOf(ref series);
            exchange.Rank = (arrival + index, 0);
            for (int i = 0; i < keys.Length; i++)
            {
                if (route.Shards[i] is { } shard) shard.Run(e, shard.KeyFor(ref keys[i], arrival + index));
                else exchange.Emit(route.Segments[i], block, index);
            }
        }
    }
}
