using System.Runtime.InteropServices;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>Works out the routes of one lane's series, and finds the one that others have already.</summary>
sealed class Router
{
    /// <summary>The number of the route before any, which leads nowhere.</summary>
    public const int Nowhere = 0;

    readonly Lane lane;

    // Those that are found again, and those of which a filter threw: these must be asked again, but there need not be one for each event.
    readonly Dictionary<Segment[], Route> routes = new(SameSegments.Instance), unsure = new(SameSegments.Instance);
    readonly List<Segment> admitted = [];
    Plan? plan;

    // By their numbers.
    readonly IdAllocator numbers = new();
    Route?[] all = new Route[4];

    public Router(Lane lane)
    {
        this.lane = lane;
        NewRoute(null, []);
    }

    public Route this[int number] => all[number]!;

    /// <summary>The route of a series.</summary>
    /// <param name="before">
    /// Its route so far. What that leads to is not asked again: its key must not be lost to a filter that throws now.
    /// </param>
    public Route RouteOf(string? host, string? service, Route before, Plan current)
    {
        bool sure = true;
        foreach (Segment segment in current.CandidatesOf(host, service))
        {
            bool? admits = before.Segments.AsSpan().BinarySearch(segment) >= 0 ? true : segment.Admits(host, service);
            if (admits == true) admitted.Add(segment);
            sure &= admits is not null;
        }
        Segment[] segments = [.. admitted];
        admitted.Clear();
        Follow(current);
        // A filter that threw loses this event, and is asked again with the next one.
        ref Route? route = ref CollectionsMarshal.GetValueRefOrAddDefault(sure ? routes : unsure, segments, out _);
        return route ??= NewRoute(sure ? current : null, segments);
    }

    /// <summary>After series were swept: lets go of the routes that none has.</summary>
    public void Sweep()
    {
        foreach (Route route in routes.Values.Concat(unsure.Values)) route.Stays = true;
        for (int number = Nowhere + 1; number < all.Length; number++)
        {
            if (all[number] is not { } route) continue;
            if (!route.Stays)
            {
                all[number] = null;
                numbers.GiveBack(number);
            }
            route.Stays = false;
        }
    }

    /// <summary>Finds no routes any more of other reactors than run now.</summary>
    public void Follow(Plan current)
    {
        if (plan == current) return;
        plan = current;
        routes.Clear();
        unsure.Clear();
    }

    Route NewRoute(Plan? plan, Segment[] segments)
    {
        int number = numbers.Take();
        if (number > SeriesTable.LastRoute)
            throw new InvalidOperationException($"The series of one lane have {number} different sets of reactors, as many as they may.");
        if (number == all.Length) Array.Resize(ref all, 2 * number);
        return all[number] = new Route(number, plan, segments, lane);
    }

    sealed class SameSegments : IEqualityComparer<Segment[]>
    {
        public static readonly SameSegments Instance = new();

        public bool Equals(Segment[]? x, Segment[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(Segment[] segments)
        {
            HashCode hash = new();
            foreach (Segment segment in segments) hash.Add(segment.Id);
            return hash.ToHashCode();
        }
    }
}
