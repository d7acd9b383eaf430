namespace Godot;

/// <summary>One (host, service), and which reactors it can reach. Lives on the lane that its hash names.</summary>
sealed class Series(string? host, string? service)
{
    /// <summary>The engine's time of its last event.</summary>
    public long LastSeen;

    /// <summary>The first segments of the reactors whose filters on host and service let it through.</summary>
    public Segment[] Route { get; private set; } = [];

    /// <summary>For each segment of the route, the key that the series has there; <see cref="Strand.AnyKey"/> before its first event.</summary>
    public int[] Keys { get; private set; } = [];

    Plan? plan;

    /// <summary>Works the route out anew if reactors were added or removed since. Keys in segments that stay are kept.</summary>
    public void Follow(Plan current)
    {
        if (plan == current) return;
        List<Segment> route = [];
        bool sure = true;
        foreach (Segment segment in current.Entries)
        {
            // What was let through once is not asked about again: its key must not be lost to a filter that throws now.
            bool? admitted = Array.IndexOf(Route, segment) >= 0 ? true : segment.Admits(host, service);
            if (admitted == true) route.Add(segment);
            sure &= admitted is not null;
        }
        // A filter that threw loses this event, and is asked again with the next one.
        plan = sure ? current : null;
        Follow([.. route]);
    }

    void Follow(Segment[] route)
    {
        int[] keys = new int[route.Length];
        for (int i = 0; i < route.Length; i++)
        {
            int before = Array.IndexOf(Route, route[i]);
            keys[i] = before < 0 ? Strand.AnyKey : Keys[before];
        }
        (Route, Keys) = (route, keys);
    }

    /// <summary>Runs an event through the <paramref name="at"/>-th segment of the route.</summary>
    public void Run(Lane lane, int at, EventView e, long birth) => Route[at].StrandOn(lane)!.Run(e, KeyAt(at, lane, birth));

    /// <summary>The key in a segment; null if the route does not lead there.</summary>
    public int? KeyIn(Segment segment, Lane lane, Plan current, long birth)
    {
        Follow(current);
        return Array.IndexOf(Route, segment) is var at and >= 0 ? KeyAt(at, lane, birth) : null;
    }

    /// <summary>Frees the keys that nothing waits in; true if no key is left.</summary>
    public bool TryFree(Lane lane)
    {
        bool all = true;
        for (int i = 0; i < Keys.Length; i++)
        {
            if (Keys[i] == Strand.AnyKey) continue;
            if (Route[i].StrandOn(lane)!.TryFree(Keys[i])) Keys[i] = Strand.AnyKey;
            else all = false;
        }
        return all;
    }

    int KeyAt(int at, Lane lane, long birth)
    {
        if (Keys[at] == Strand.AnyKey) Keys[at] = Route[at].StrandOn(lane)!.NewKey(birth);
        return Keys[at];
    }
}
