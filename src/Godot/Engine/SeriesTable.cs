namespace Godot;

/// <summary>The series of one lane: each (host, service) with its route, and the keys that it has in the segments of that route.</summary>
sealed class SeriesTable(Lane lane, Engine engine)
{
    struct Series
    {
        public Route Route;

        // Where its list of keys stands: one for each segment of the route.
        public int Keys;

        // Seconds since the engine began.
        public int LastSeen;
    }

    readonly KeyTable table = new();
    readonly Numbers numbers = new();
    readonly Slab<Series> all = new();
    readonly KeyLists lists = new();
    readonly Router router = new(lane);

    /// <summary>The number of an event's series, with its route up to date; made if it is new. Negative if there are too many.</summary>
    public int Find(EventView e, ulong hash)
    {
        ReadOnlySpan<byte> host = SeriesKey.Text(e, Parts.Host), service = SeriesKey.Text(e, Parts.Service);
        int number = table.Find(hash, host, service);
        if (number < 0)
        {
            if (!engine.TryCountSeries()) return -1;
            number = numbers.Take();
            table.Add(hash, host, service, number);
            all[number] = new Series { Route = router.Nowhere };
        }
        ref Series series = ref all[number];
        series.LastSeen = lane.Second;
        if (series.Route.Plan != lane.Plan) Follow(ref series, e.Host, e.Service);
        return number;
    }

    public Route RouteOf(int number) => all[number].Route;

    /// <summary>The key of an event's series in a segment; <see cref="Strand.AnyKey"/> if its route does not lead there, or there are too many series.</summary>
    public int KeyIn(Segment segment, EventView e, long birth)
    {
        int number = Find(e, e.Row.Hash);
        int place = number < 0 ? -1 : RouteOf(number).Segments.AsSpan().BinarySearch(segment);
        return place < 0 ? Strand.AnyKey : KeyAt(number, place, birth);
    }

    /// <summary>The key in the segment at this place of the route, made if it is new.</summary>
    public int KeyAt(int number, int place, long birth)
    {
        ref Series series = ref all[number];
        ref int key = ref lists[series.Keys, series.Route.Segments.Length][place];
        if (key == Strand.AnyKey) key = series.Route.Strands[place]!.NewKey(birth);
        return key;
    }

    /// <summary>Brings near what a group of events will touch, so that their cache misses overlap instead of following each other.</summary>
    public void Prefetch(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> group)
    {
        Span<int> probable = stackalloc int[group.Length];
        foreach (int index in group) table.Prefetch(hashes[index]);
        for (int i = 0; i < group.Length; i++)
        {
            probable[i] = table.Approach(hashes[group[i]]);
            if (probable[i] >= 0) Cache.Prefetch(in all[probable[i]]);
        }
        foreach (int number in probable)
            if (number >= 0) lists.Prefetch(all[number].Keys);
        foreach (int number in probable)
            if (number >= 0) PrefetchStates(in all[number]);
        foreach (int number in probable)
            if (number >= 0) PrefetchKept(in all[number]);
    }

    void PrefetchStates(ref readonly Series series)
    {
        Strand?[] strands = series.Route.Strands;
        ReadOnlySpan<int> keys = lists[series.Keys, strands.Length];
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != Strand.AnyKey) strands[i]!.Prefetch(keys[i]);
    }

    void PrefetchKept(ref readonly Series series)
    {
        Strand?[] strands = series.Route.Strands;
        ReadOnlySpan<int> keys = lists[series.Keys, strands.Length];
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != Strand.AnyKey) strands[i]!.PrefetchKept(keys[i]);
    }

    /// <summary>Frees the series that have been idle since then, and what they hold in the segments that they enter, unless something waits in it.</summary>
    public void Sweep(long idleSince)
    {
        table.RemoveAll((number, host, service) =>
        {
            ref Series series = ref all[number];
            // Lets go of reactors that were removed; what those watched may be forgotten.
            if (series.Route.Plan != lane.Plan) Follow(ref series, SeriesKey.ToName(host), SeriesKey.ToName(service));
            if (series.LastSeen * TimeSpan.TicksPerSecond >= idleSince || !TryFreeKeys(in series)) return false;
            lists.GiveBack(series.Keys, series.Route.Segments.Length);
            series = default;
            numbers.GiveBack(number);
            engine.UncountSeries();
            return true;
        });
    }

    bool TryFreeKeys(ref readonly Series series)
    {
        bool all = true;
        Span<int> keys = lists[series.Keys, series.Route.Segments.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] == Strand.AnyKey) continue;
            if (series.Route.Strands[i]!.TryFree(keys[i])) keys[i] = Strand.AnyKey;
            else all = false;
        }
        return all;
    }

    /// <summary>Gives a series the route of the reactors that run now. Its keys in segments that stay are kept.</summary>
    void Follow(ref Series series, string? host, string? service)
    {
        Route before = series.Route, route = router.RouteOf(host, service, before, lane.Plan);
        int list = lists.Take(route.Segments.Length);
        Span<int> keys = lists[list, route.Segments.Length];
        ReadOnlySpan<int> old = lists[series.Keys, before.Segments.Length];
        for (int i = 0; i < old.Length; i++)
            if (route.Segments.AsSpan().BinarySearch(before.Segments[i]) is var at and >= 0) keys[at] = old[i];
        lists.GiveBack(series.Keys, old.Length);
        (series.Route, series.Keys) = (route, list);
    }
}
