namespace Godot;

/// <summary>The series of one lane: each (host, service) with its route, and the keys that it has in the segments of that route.</summary>
sealed class SeriesTable(Lane lane, Engine engine)
{
    /// <summary>One (host, service).</summary>
    public struct Series
    {
        /// <summary>Which reactors it can reach.</summary>
        public Route Route;

        /// <summary>Its key in the route's only segment; where there are several, the place of the list of its keys.</summary>
        public int Keys;

        /// <summary>Seconds since the engine began.</summary>
        public int LastSeen;
    }

    /// <summary>No series.</summary>
    public const int None = -1;

    readonly KeyTable<Series> table = new();
    readonly Lists<int> lists = new();
    readonly Router router = new(lane);

    /// <summary>The series at a place.</summary>
    public ref Series this[int place] => ref table[place];

    /// <summary>
    /// The place of an event's series, with its route up to date; made if it is new, <see cref="None"/> if there are too many. It holds until another series is looked up.
    /// </summary>
    public int Find(EventView e, ulong hash) => Find(hash, SeriesKey.Text(e, Parts.Host), SeriesKey.Text(e, Parts.Service));

    int Find(ulong hash, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service)
    {
        int place = table.Find(hash, host, service);
        if (place < 0)
        {
            if (!engine.TryCountSeries()) return None;
            place = table.Add(hash, host, service, new Series { Route = router.Nowhere });
        }
        ref Series series = ref table[place];
        series.LastSeen = lane.Second;
        if (series.Route.Plan != lane.Plan) Follow(ref series, SeriesKey.ToName(host), SeriesKey.ToName(service));
        return place;
    }

    /// <summary>The keys of a series in the segments of its route; those that it does not have yet are <see cref="Strand.AnyKey"/>.</summary>
    public Span<int> KeysOf(ref Series series) =>
        series.Route.Segments.Length == 1 ? new Span<int>(ref series.Keys) : lists[series.Keys, series.Route.Segments.Length];

    /// <summary>The key of an event's series in a segment; <see cref="Strand.AnyKey"/> if its route does not lead there, or there are too many series.</summary>
    public int KeyIn(Segment segment, EventView e, long birth) =>
        KeyIn(segment, e.Row.Hash, SeriesKey.Text(e, Parts.Host), SeriesKey.Text(e, Parts.Service), birth);

    /// <summary>The same, by the texts in a key.</summary>
    public int KeyIn(Segment segment, ulong hash, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service, long birth)
    {
        int place = Find(hash, host, service);
        if (place == None) return Strand.AnyKey;
        Route route = table[place].Route;
        int at = route.Segments.AsSpan().BinarySearch(segment);
        return at < 0 ? Strand.AnyKey : route.Strands[at]!.KeyFor(ref KeysOf(ref table[place])[at], birth);
    }

    /// <summary>The key that an event's series has in a segment; <see cref="Strand.AnyKey"/> if it has none.</summary>
    public int FindKey(Segment segment, EventView e, ulong hash)
    {
        int place = table.Find(hash, SeriesKey.Text(e, Parts.Host), SeriesKey.Text(e, Parts.Service));
        if (place < 0) return Strand.AnyKey;
        int at = table[place].Route.Segments.AsSpan().BinarySearch(segment);
        return at < 0 ? Strand.AnyKey : KeysOf(ref table[place])[at];
    }

    /// <summary>Brings the slot of a hash near.</summary>
    public void Prefetch(ulong hash) => table.Prefetch(hash);

    /// <summary>The place that a hash leads to; what is needed to look closer is brought near.</summary>
    public int Guess(ulong hash)
    {
        int place = table.Guess(hash);
        if (place >= 0 && table[place].Route.Segments.Length > 1) lists.Prefetch(table[place].Keys, 0);
        return place;
    }

    /// <summary>Brings near the states of the series at a guessed place, which may be another by now, or none.</summary>
    public void PrefetchStates(int place)
    {
        if (table[place].Route is not { } route) return;
        ReadOnlySpan<int> keys = KeysOf(ref table[place]);
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != Strand.AnyKey) route.Strands[i]!.Prefetch(keys[i]);
    }

    /// <summary>Brings near what those states refer to.</summary>
    public void PrefetchKept(int place)
    {
        if (table[place].Route is not { } route) return;
        ReadOnlySpan<int> keys = KeysOf(ref table[place]);
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != Strand.AnyKey) route.Strands[i]!.PrefetchKept(keys[i]);
    }

    /// <summary>Visits every key that a series has in a segment.</summary>
    public void Visit(Visitor visit) => table.Visit((ref Series series, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service) =>
    {
        ReadOnlySpan<int> keys = KeysOf(ref series);
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != Strand.AnyKey && series.Route.Strands[i] is { } strand) visit(series.Route.Segments[i], strand, keys[i], host, service);
    });

    public delegate void Visitor(Segment segment, Strand strand, int key, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service);

    /// <summary>Frees the series that have been idle since then, and what they hold in the segments that they enter, unless something waits in it.</summary>
    public void Sweep(long idleSince)
    {
        router.Follow(lane.Plan);
        table.RemoveAll((ref Series series, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service) =>
        {
            // Lets go of reactors that were removed; what those watched may be forgotten.
            if (series.Route.Plan != lane.Plan) Follow(ref series, SeriesKey.ToName(host), SeriesKey.ToName(service));
            if (series.LastSeen * TimeSpan.TicksPerSecond >= idleSince || !TryFreeKeys(ref series)) return false;
            GiveBack(ref series);
            engine.UncountSeries();
            return true;
        });
    }

    bool TryFreeKeys(ref Series series)
    {
        bool all = true;
        Span<int> keys = KeysOf(ref series);
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
        Series before = series;
        Segment[] segments = (series.Route = router.RouteOf(host, service, before.Route, lane.Plan)).Segments;
        series.Keys = segments.Length > 1 ? lists.Take(segments.Length) : 0;
        Span<int> keys = KeysOf(ref series), keysBefore = KeysOf(ref before);
        keys.Fill(Strand.AnyKey);
        for (int i = 0; i < keysBefore.Length; i++)
            if (segments.AsSpan().BinarySearch(before.Route.Segments[i]) is var at and >= 0) keys[at] = keysBefore[i];
        GiveBack(ref before);
    }

    void GiveBack(ref Series series)
    {
        if (series.Route.Segments.Length > 1) lists.GiveBack(series.Keys, series.Route.Segments.Length);
    }
}
