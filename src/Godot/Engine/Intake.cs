namespace Godot;

/// <summary>
/// One thread's way through the engine, one at a time: it takes each lane's lock in turn for that lane's share of a block, then hands what
/// came out, in order of arrival, to the next segment, and so on. It never holds two locks.
/// </summary>
sealed class Intake(Engine engine)
{
    // For each row of the block that is being run, its lane.
    int[] laneOf = [];

    // What waits to be handed over, by the number of its target, and which targets those are.
    Mailbag?[] mailbags = [];
    readonly PriorityQueue<int, int> waiting = new();
    readonly KeyText keyText = new();

    // The reactors that the bags are for: empty bags of reactors that were removed would keep those for ever.
    Plan? plan;

    /// <summary>Orders what is emitted while the lane's current event or timer is handled: the event's number, or when the timer was due and how old its key is.</summary>
    public (long First, long Second) Rank;

    /// <summary>Runs every event of the block through every reactor that it can reach. Returns how many were dropped because there are too many series.</summary>
    public int Run(Block block)
    {
        if (block.Count == 0) return 0;
        Engine.RefuseStages();
        FollowPlan();
        Lane[] lanes = engine.Lanes;
        long arrival = engine.NumberArrivals(block.Count);
        if (laneOf.Length < block.Count) laneOf = new int[block.Rows.Length];
        for (int i = 0; i < block.Count; i++)
        {
            ref EventRow row = ref block.Rows[i];
            if (row.Hash == 0) row.Hash = SeriesKey.Hash(block[i]);
            laneOf[i] = LaneOf(row.Hash, lanes.Length);
        }
        int dropped = 0;
        foreach (Lane lane in lanes)
        {
            if (!laneOf.AsSpan(0, block.Count).Contains(lane.Index)) continue;
            using (lane.Enter(this))
            {
                for (int i = 0; i < block.Count; i++)
                    if (laneOf[i] == lane.Index && !Enter(lane, block, i, arrival + i)) dropped++;
            }
        }
        Deliver();
        engine.Timetable.Arm();
        return dropped;
    }

    /// <summary>Runs something on a lane: its timers, a flush. What it emits is handed over with <see cref="Deliver"/>.</summary>
    public void RunLane(Lane lane, Action<Lane> work)
    {
        FollowPlan();
        using (lane.Enter(this)) work(lane);
    }

    /// <summary>The same, unless somebody else holds the lane for longer than a time.</summary>
    public void TryRunLane(Lane lane, TimeSpan patience, Action<Lane> work)
    {
        FollowPlan();
        if (!lane.TryEnter(this, patience, out Lane.Run run)) return;
        using (run) work(lane);
    }

    /// <summary>Tells a stage of a segment that an event such as the block's first is expected. False if it could never get there.</summary>
    public bool Expect(Segment segment, string label, Block block)
    {
        EventView e = block[0];
        ulong hash = segment.Sharding == Sharding.Tuple ? HashOf(segment, e) : e.Row.Hash;
        // As if it had come: so that keys that expire at the same time have an order, whatever lanes they are on.
        long birth = engine.NumberArrivals(1);
        Lane lane = segment.Sharding == Sharding.One ? segment.Strands[0].Lane : engine.Lanes[LaneOf(hash, engine.Lanes.Length)];
        using (lane.Enter(this))
        {
            Strand strand = segment.StrandOn(lane)!;
            int key = segment is { IsEntry: true, Sharding: Sharding.Series }
                ? lane.SeriesOf(e, hash)?.KeyIn(segment, lane, engine.Plan, birth) ?? Strand.AnyKey
                : KeyOf(segment, strand, e, birth);
            if (key != Strand.AnyKey) strand.Expect(label, e, key);
            return key != Strand.AnyKey;
        }
    }

    public void Emit(Target target, EventView e) => Bag(target).Add(e, Rank);

    public void Emit(Target target, IReadOnlyList<Event> batch) => Bag(target).Add(batch, Rank);

    /// <summary>Hands over everything that was emitted, and what that emits, until nothing is left.</summary>
    public void Deliver()
    {
        // A target's number is higher than that of everything that sends to it: by the time it is lowest, its bag is complete.
        while (waiting.TryDequeue(out int id, out _))
        {
            Mailbag bag = mailbags[id]!;
            bag.Sort();
            switch (bag.Target)
            {
                case Segment segment:
                    Run(segment, bag);
                    break;
                case WayOut way:
                    foreach (ref readonly Mailbag.Item item in bag.Items)
                    {
                        if (item.Batch is { } batch) way.Take(batch);
                        else way.Take(item.View);
                    }
                    break;
            }
            bag.Clear();
        }
    }

    /// <summary>One event on the lane of its series, into each reactor that the series can reach. False if it was dropped.</summary>
    bool Enter(Lane lane, Block block, int index, long arrival)
    {
        EventView e = block[index];
        if (lane.SeriesOf(e, e.Row.Hash) is not { } series) return false;
        series.LastSeen = lane.Now;
        series.Follow(engine.Plan);
        Segment[] route = series.Route;
        for (int i = 0; i < route.Length; i++)
        {
            Rank = (arrival, 0);
            if (route[i].Sharding == Sharding.Series) series.Run(lane, i, e, arrival);
            else Bag(route[i]).Add(block, index, Rank);
        }
        return true;
    }

    /// <summary>Runs what reached a segment from another one: each event on the lane of its key.</summary>
    void Run(Segment segment, Mailbag bag)
    {
        Lane[] lanes = engine.Lanes;
        ReadOnlySpan<Mailbag.Item> items = bag.Items;
        // They are in order now, whatever lanes they came from: numbered anew, the keys that they make here have an order too.
        long number = engine.NumberArrivals(items.Length);
        if (laneOf.Length < items.Length) laneOf = new int[items.Length];
        for (int i = 0; i < items.Length; i++)
            laneOf[i] = segment.Sharding == Sharding.One ? segment.Strands[0].Lane.Index : LaneOf(HashOf(segment, items[i].View), lanes.Length);
        foreach (Strand strand in segment.Strands)
        {
            Lane lane = strand.Lane;
            if (!laneOf.AsSpan(0, items.Length).Contains(lane.Index)) continue;
            using (lane.Enter(this))
            {
                for (int i = 0; i < items.Length; i++)
                {
                    if (laneOf[i] != lane.Index) continue;
                    EventView e = items[i].View;
                    Rank = (number + i, 0);
                    int key = KeyOf(segment, strand, e, birth: number + i);
                    if (key != Strand.AnyKey) strand.Run(e, key);
                    else segment.Running.TooManyKeys();
                }
            }
        }
    }

    ulong HashOf(Segment segment, EventView e) => segment.Sharding == Sharding.Series
        ? SeriesHashOf(e)
        : Hashing.Of(keyText.Of(e, segment.Fields));

    // Known since the event came in, unless a stage changed its host or service.
    static ulong SeriesHashOf(EventView e) => e.Row.Hash != 0 ? e.Row.Hash : SeriesKey.Hash(e);

    int KeyOf(Segment segment, Strand strand, EventView e, long birth)
    {
        switch (segment.Sharding)
        {
            case Sharding.One: return 0;
            case Sharding.Series: return strand.KeyOf(SeriesHashOf(e), SeriesKey.Text(e, Parts.Host), SeriesKey.Text(e, Parts.Service), birth);
            default:
                ReadOnlySpan<byte> text = keyText.Of(e, segment.Fields);
                return strand.KeyOf(Hashing.Of(text), text, [], birth);
        }
    }

    static int LaneOf(ulong hash, int lanes) => (int)((hash >> 32) * (ulong)lanes >> 32);

    void FollowPlan()
    {
        if (plan == engine.Plan || waiting.Count > 0) return;
        plan = engine.Plan;
        Array.Clear(mailbags);
    }

    Mailbag Bag(Target target)
    {
        if (target.Id >= mailbags.Length) Array.Resize(ref mailbags, Math.Max(target.Id + 1, mailbags.Length * 2));
        Mailbag bag = mailbags[target.Id] ??= new Mailbag(target);
        if (bag.IsEmpty) waiting.Enqueue(target.Id, target.Id);
        return bag;
    }
}
