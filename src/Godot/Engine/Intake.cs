namespace Godot;

/// <summary>
/// One thread's way through the engine, one at a time: it takes each lane's lock in turn for that lane's share of a block, then hands what
/// came out, in order of arrival, to the next segment, and so on. It never holds two locks.
/// </summary>
sealed class Intake(Engine engine)
{
    // So many events lie between one step of bringing memory near and the next: enough for it to have come, few enough for it to be still there.
    const int Step = 8, Ahead = 4 * Step;

    // So many are divided among the lanes at once: a pass in which a million keys emit needs no more room than others.
    const int Part = 4096;

    // Of what is being run: the hashes of the keys, which name the lanes, and the keys themselves where no series knows them.
    readonly Shares shares = new(engine.Lanes.Length);
    readonly KeyText keyText = new();
    ulong[] hashes = new ulong[64];
    Slice[] keys = new Slice[64];

    // What waits to be handed over, by the number of its target, and which targets those are.
    Mailbag?[] mailbags = [];
    readonly PriorityQueue<int, int> waiting = new();

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
        long arrival = engine.NumberArrivals(block.Count);
        Begin(block.Count);
        for (int i = 0; i < block.Count; i++)
        {
            ref EventRow row = ref block.Rows[i];
            if (row.Hash == 0) row.Hash = SeriesKey.Hash(block[i]);
            hashes[i] = row.Hash;
        }
        shares.Divide(hashes.AsSpan(0, block.Count));
        int dropped = 0;
        foreach (Lane lane in engine.Lanes)
        {
            ReadOnlySpan<int> share = shares.Of(lane.Index);
            if (share.IsEmpty) continue;
            using (lane.Enter(this)) dropped += Run(lane, block, share, arrival);
        }
        Deliver();
        engine.Timetable.Arm();
        return dropped;
    }

    /// <summary>
    /// Runs a lane's share. Before an event runs, what it will touch is brought near, in four steps, each with what the one before it brought: so that its cache misses overlap those
    /// of other events, and the work on them.
    /// </summary>
    int Run(Lane lane, Block block, ReadOnlySpan<int> share, long arrival)
    {
        lane.RunPosted();
        SeriesTable series = lane.Series;
        Span<int> places = stackalloc int[Ahead];
        int dropped = 0;
        for (int next = 0; next < share.Length + 4 * Step; next++)
        {
            if (next < share.Length) series.Prefetch(hashes[share[next]]);
            if (next - Step is var second && (uint)second < (uint)share.Length) places[second % Ahead] = series.Guess(hashes[share[second]]);
            if (next - 2 * Step is var third && (uint)third < (uint)share.Length && places[third % Ahead] is var place and >= 0) series.PrefetchStates(place);
            if (next - 3 * Step is var fourth && (uint)fourth < (uint)share.Length && places[fourth % Ahead] is var near and >= 0) series.PrefetchKept(near);
            if (next - 4 * Step is var now && (uint)now < (uint)share.Length && !Enter(lane, block, share[now], arrival + share[now])) dropped++;
        }
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
        // As if it had come: so that keys that expire at the same time have an order, whatever lanes they are on.
        long birth = engine.NumberArrivals(1);
        EventView e = block[0];
        Begin(1);
        hashes[0] = segment is { IsEntry: true, Sharding: Sharding.Series } ? e.Row.Hash : HashOf(segment, 0, e);
        shares.Divide(hashes.AsSpan(0, 1));
        Strand strand = segment.Sharding == Sharding.One ? segment.Strands[0] : segment.Strands[shares.LaneOf(0)];
        using (strand.Lane.Enter(this))
        {
            int key = segment is { IsEntry: true, Sharding: Sharding.Series }
                ? strand.Lane.Series.KeyIn(segment, e, birth)
                : KeyOf(segment, strand, 0, e, birth);
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
        int place = lane.Series.Find(e, e.Row.Hash);
        if (place == SeriesTable.None) return false;
        ref SeriesTable.Series series = ref lane.Series[place];
        Route route = series.Route;
        Span<int> keys = lane.Series.KeysOf(ref series);
        for (int i = 0; i < keys.Length; i++)
        {
            Rank = (arrival, 0);
            if (route.Strands[i] is { } strand) strand.Run(e, strand.KeyFor(ref keys[i], arrival));
            else Bag(route.Segments[i]).Add(block, index, Rank);
        }
        return true;
    }

    /// <summary>Runs what reached a segment from another one: each event on the lane of its key.</summary>
    void Run(Segment segment, Mailbag bag)
    {
        ReadOnlySpan<Mailbag.Item> items = bag.Items;
        // They are in order now, whatever lanes they came from: numbered anew, the keys that they make here have an order too.
        long number = engine.NumberArrivals(items.Length);
        if (segment.Sharding == Sharding.One)
        {
            RunOne(segment.Strands[0], items, number);
            return;
        }
        for (int at = 0; at < items.Length; at += Part) Run(segment, items[at..Math.Min(at + Part, items.Length)], number + at);
    }

    void Run(Segment segment, ReadOnlySpan<Mailbag.Item> items, long number)
    {
        Begin(items.Length);
        for (int i = 0; i < items.Length; i++) hashes[i] = HashOf(segment, i, items[i].View);
        shares.Divide(hashes.AsSpan(0, items.Length));
        foreach (Strand strand in segment.Strands)
        {
            ReadOnlySpan<int> share = shares.Of(strand.Lane.Index);
            if (share.IsEmpty) continue;
            using (strand.Lane.Enter(this)) Run(segment, strand, items, share, number);
        }
    }

    void RunOne(Strand strand, ReadOnlySpan<Mailbag.Item> items, long number)
    {
        using (strand.Lane.Enter(this))
        {
            for (int i = 0; i < items.Length; i++)
            {
                Rank = (number + i, 0);
                strand.Run(items[i].View, Strand.OnlyKey);
            }
        }
    }

    /// <summary>The same as for a block's events, with a key of the strand's own.</summary>
    void Run(Segment segment, Strand strand, ReadOnlySpan<Mailbag.Item> items, ReadOnlySpan<int> share, long number)
    {
        Span<int> guesses = stackalloc int[Ahead];
        for (int next = 0; next < share.Length + 4 * Step; next++)
        {
            if (next < share.Length) strand.PrefetchKey(hashes[share[next]]);
            if (next - Step is var second && (uint)second < (uint)share.Length) guesses[second % Ahead] = strand.GuessKey(hashes[share[second]]);
            if (next - 2 * Step is var third && (uint)third < (uint)share.Length && guesses[third % Ahead] is var key and >= 0) strand.Prefetch(key);
            if (next - 3 * Step is var fourth && (uint)fourth < (uint)share.Length && guesses[fourth % Ahead] is var near and >= 0) strand.PrefetchKept(near);
            if (next - 4 * Step is var now && (uint)now < (uint)share.Length) RunOne(segment, strand, items[share[now]].View, share[now], number + share[now]);
        }
    }

    void RunOne(Segment segment, Strand strand, EventView e, int index, long number)
    {
        Rank = (number, 0);
        int key = KeyOf(segment, strand, index, e, birth: number);
        if (key != Strand.AnyKey) strand.Run(e, key);
        else segment.Running.TooManyKeys();
    }

    void Begin(int count)
    {
        keyText.Clear();
        if (hashes.Length < count) (hashes, keys) = (new ulong[2 * count], new Slice[2 * count]);
    }

    // Of a tuple, the key's text is put together once and remembered.
    ulong HashOf(Segment segment, int index, EventView e)
    {
        if (segment.Sharding == Sharding.Series) return SeriesHashOf(e);
        keys[index] = keyText.Add(e, segment.Fields);
        return Hashing.Of(keyText[keys[index]]);
    }

    // Known since the event came in, unless a stage changed its host or service.
    static ulong SeriesHashOf(EventView e) => e.Row.Hash != 0 ? e.Row.Hash : SeriesKey.Hash(e);

    int KeyOf(Segment segment, Strand strand, int index, EventView e, long birth) => segment.Sharding switch
    {
        Sharding.One => Strand.OnlyKey,
        Sharding.Series => strand.KeyOf(hashes[index], SeriesKey.Text(e, Parts.Host), SeriesKey.Text(e, Parts.Service), birth),
        _ => strand.KeyOf(hashes[index], keyText[keys[index]], [], birth),
    };

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
