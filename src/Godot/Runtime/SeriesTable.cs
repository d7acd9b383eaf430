using Godot.Events;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>The series of one lane: each (host, service) with its route, and the keys that it has in the segments of that route.</summary>
sealed class SeriesTable(Lane lane, Engine engine) : IForgetful
{
    /// <summary>One (host, service).</summary>
    public struct Series
    {
        const int RecencyBits = 8, RecencyMask = (1 << RecencyBits) - 1;

        // The number of its route, and below it its recency: in one word, since there may be a million of them, and each takes a slot and a
        // quarter.
        uint routeAndRecency;

        /// <summary>Its key in the route's only segment; where there are several, the place of the list of its keys.</summary>
        public int Keys;

        /// <summary>The number of the <see cref="Runtime.Route"/> that says which reactors it can reach.</summary>
        public int Route
        {
            readonly get => (int)(routeAndRecency >> RecencyBits);
            set => routeAndRecency = (uint)value << RecencyBits | Recency.Bits;
        }

        public Recency Recency
        {
            readonly get => new((byte)routeAndRecency);
            set => routeAndRecency = routeAndRecency & ~(uint)RecencyMask | value.Bits;
        }

        public void Seen()
        {
            // Seldom: a line that is written to must be fetched again by the other processors.
            if ((routeAndRecency & RecencyMask) != 0) Recency = Recency.Seen();
        }
    }

    /// <summary>The highest number that a route may have.</summary>
    public const int LastRoute = (1 << 24) - 1;

    /// <summary>No series.</summary>
    public const int None = -1;

    readonly KeyTable<Series> table = new();
    readonly ListArena<int> lists = new();
    readonly Router router = new(lane);

    /// <summary>The series at a place.</summary>
    public ref Series this[int place] => ref table[place];

    /// <summary>
    /// The place of an event's series, with its route up to date; made if it is new, <see cref="None"/> if there are too many. It holds
    /// until another series is looked up.
    /// </summary>
    /// <param name="own">It is one of the engine's own events, which there is always room for.</param>
    /// <param name="ahead">The event is not run yet, and will be looked up again.</param>
    public int Find(EventView e, ulong hash, bool own = false, bool ahead = false) =>
        Find(hash, SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service), own, ahead);

    int Find(ulong hash, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service, bool own = false, bool ahead = false)
    {
        int place = table.Find(hash, host, service);
        if (place < 0)
        {
            if (!engine.SeriesRoom.TryTake(host.Length + service.Length, always: own)) return None;
            place = table.Add(hash, host, service, new Series { Route = Router.Nowhere, Recency = ahead ? Recency.Ahead : Recency.First });
        }
        else if (!ahead)
        {
            table[place].Seen();
        }
        ref Series series = ref table[place];
        if (router[series.Route].Plan != lane.Plan) Follow(ref series, SeriesKey.ToName(host), SeriesKey.ToName(service));
        return place;
    }

    /// <summary>
    /// The keys of a series in the segments of its route; those that it does not have yet are <see cref="Stages.StageHost.AnyKey"/>.
    /// </summary>
    public Span<int> KeysOf(ref Series series)
    {
        int count = RouteOf(in series).Segments.Length;
        return count == 1 ? new Span<int>(ref series.Keys) : lists[series.Keys, count];
    }

    /// <summary>Which reactors a series can reach.</summary>
    public Route RouteOf(ref readonly Series series) => router[series.Route];

    /// <summary>
    /// The key of an event's series in a segment; <see cref="Stages.StageHost.AnyKey"/> if its route does not lead there, or there are too
    /// many series.
    /// </summary>
    public int KeyIn(Segment segment, EventView e, long birth) =>
        KeyIn(segment, e.Row.Hash, SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service), birth);

    /// <summary>The same, by the texts in a key.</summary>
    public int KeyIn(Segment segment, ulong hash, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service, long birth)
    {
        int place = Find(hash, host, service);
        if (place == None) return SegmentShard.AnyKey;
        // Somebody expects it, or it was saved: it is not one that came once.
        table[place].Recency = default;
        Route route = RouteOf(in table[place]);
        int at = route.Segments.AsSpan().BinarySearch(segment);
        return at < 0 ? SegmentShard.AnyKey : route.Shards[at]!.KeyFor(ref KeysOf(ref table[place])[at], birth);
    }

    /// <summary>The key that an event's series has in a segment; <see cref="Stages.StageHost.AnyKey"/> if it has none.</summary>
    public int FindKey(Segment segment, EventView e, ulong hash)
    {
        int place = table.Find(hash, SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service));
        if (place < 0) return SegmentShard.AnyKey;
        int at = RouteOf(in table[place]).Segments.AsSpan().BinarySearch(segment);
        return at < 0 ? SegmentShard.AnyKey : KeysOf(ref table[place])[at];
    }

    /// <summary>Brings the slot of a hash near.</summary>
    public void Prefetch(ulong hash) => table.Prefetch(hash);

    /// <summary>The place that a hash leads to; what is needed to look closer is brought near.</summary>
    public int Guess(ulong hash)
    {
        int place = table.Guess(hash);
        if (place >= 0 && RouteOf(in table[place]).Segments.Length > 1) lists.Prefetch(table[place].Keys, 0);
        return place;
    }

    /// <summary>Brings near the states of the series at a guessed place, which may be another by now, or none.</summary>
    public void PrefetchStates(int place)
    {
        Route route = RouteOf(in table[place]);
        ReadOnlySpan<int> keys = KeysOf(ref table[place]);
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != SegmentShard.AnyKey) route.Shards[i]!.Prefetch(keys[i]);
    }

    /// <summary>Brings near what those states refer to.</summary>
    public void PrefetchKept(int place)
    {
        Route route = RouteOf(in table[place]);
        ReadOnlySpan<int> keys = KeysOf(ref table[place]);
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != SegmentShard.AnyKey) route.Shards[i]!.PrefetchKept(keys[i]);
    }

    /// <summary>Makes room for so many series at once.</summary>
    public void EnsureRoom(int count) => table.EnsureRoom(count);

    /// <summary>
    /// Visits the keys in segments that the series in so many slots have, from one on; as <see cref="KeyTable{T}"/> does.
    /// </summary>
    public int Visit(int from, int count, Visitor visit) => table.Visit(from, count,
        (ref Series series, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service) =>
    {
        Route route = RouteOf(in series);
        ReadOnlySpan<int> keys = KeysOf(ref series);
        for (int i = 0; i < keys.Length; i++)
            if (keys[i] != SegmentShard.AnyKey && route.Shards[i] is { } shard) visit(route.Segments[i], shard, keys[i], host, service);
    });

    public delegate void Visitor(Segment segment, SegmentShard shard, int key, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service);

    /// <summary>
    /// Frees the series that no event has come of lately, and what they hold in the segments that they enter, unless something waits in it.
    /// </summary>
    public void Sweep()
    {
        router.Follow(lane.Plan);
        table.RemoveAll((ref Series series, uint _, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service) =>
        {
            // Lets go of reactors that were removed; what those watched may be forgotten.
            if (RouteOf(in series).Plan != lane.Plan) Follow(ref series, SeriesKey.ToName(host), SeriesKey.ToName(service));
            series.Recency = series.Recency.Swept();
            if (series.Recency.Sweeps <= Lane.IdleSweeps || !TryFreeKeys(ref series, Lane.After(series.Recency), host, service))
            {
                router[series.Route].Stays = true;
                return false;
            }
            GiveBack(in series);
            engine.SeriesRoom.GiveBack(host.Length + service.Length);
            return true;
        });
        router.Sweep();
    }

    Lane IForgetful.Lane => lane;

    void IForgetful.Count(int[] ranks) => table.Visit((ref Series series, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service) =>
    {
        if (RouteOf(in series).Plan != lane.Plan) Follow(ref series, SeriesKey.ToName(host), SeriesKey.ToName(service));
        ranks[Rank(ref series)]++;
    });

    int IForgetful.Forget(Shortage shortage)
    {
        int forgotten = 0;
        table.RemoveAll((ref Series series, uint tag, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service) =>
        {
            int rank = Rank(ref series);
            Forgetting why = Shortage.IsForced(rank) ? Forgetting.Forced : Forgetting.Early;
            if (!shortage.Takes(rank, tag) || !TryFreeKeys(ref series, why, host, service))
            {
                series.Recency = series.Recency.Searched();
                return false;
            }
            GiveBack(in series);
            engine.SeriesRoom.GiveBack(host.Length + service.Length);
            forgotten++;
            return true;
        });
        return forgotten;
    }

    /// <summary>True if the series of this event is there.</summary>
    public bool Knows(EventView e, ulong hash) =>
        table.Find(hash, SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service)) >= 0;

    int Rank(ref Series series)
    {
        if (!series.Recency.MayGo) return 0;
        bool waits = false, mayBeForced = true;
        Route route = RouteOf(in series);
        ReadOnlySpan<int> keys = KeysOf(ref series);
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] == SegmentShard.AnyKey || !route.Shards[i]!.Waits(keys[i])) continue;
            waits = true;
            mayBeForced &= route.Shards[i]!.MayBeForced;
        }
        return series.Recency.Rank(waits, mayBeForced);
    }

    bool TryFreeKeys(ref Series series, Forgetting why, ReadOnlySpan<byte> host, ReadOnlySpan<byte> service)
    {
        bool all = true;
        Route route = RouteOf(in series);
        Span<int> keys = KeysOf(ref series);
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] == SegmentShard.AnyKey) continue;
            if (!route.Shards[i]!.TryFree(keys[i], why))
            {
                all = false;
                continue;
            }
            route.Shards[i]!.Moment?.Write(keys[i], host, service);
            keys[i] = SegmentShard.AnyKey;
        }
        return all;
    }

    /// <summary>Gives a series the route of the reactors that run now. Its keys in segments that stay are kept.</summary>
    void Follow(ref Series series, string? host, string? service)
    {
        Series before = series;
        Route routeBefore = RouteOf(in before), route = router.RouteOf(host, service, routeBefore, lane.Plan);
        Segment[] segments = route.Segments;
        series.Route = route.Number;
        series.Keys = segments.Length > 1 ? lists.Take(segments.Length) : 0;
        Span<int> keys = KeysOf(ref series), keysBefore = KeysOf(ref before);
        keys.Fill(SegmentShard.AnyKey);
        for (int i = 0; i < keysBefore.Length; i++)
            if (segments.AsSpan().BinarySearch(routeBefore.Segments[i]) is var at and >= 0) keys[at] = keysBefore[i];
        GiveBack(in before);
    }

    void GiveBack(ref readonly Series series)
    {
        int count = RouteOf(in series).Segments.Length;
        if (count > 1) lists.GiveBack(series.Keys, count);
    }
}
