using System.Runtime.InteropServices;

namespace Godot;

/// <summary>Works out the routes of one lane's series, and finds the one that others have already.</summary>
sealed class Router(Lane lane)
{
    readonly Dictionary<Segment[], Route> routes = new(SameSegments.Instance);
    readonly List<Segment> admitted = [];
    Plan? plan;

    /// <summary>The route before any: it leads nowhere.</summary>
    public Route Nowhere { get; } = new(null, [], lane);

    /// <summary>The route of a series.</summary>
    /// <param name="before">Its route so far. What that leads to is not asked again: its key must not be lost to a filter that throws now.</param>
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
        // A filter that threw loses this event, and is asked again with the next one.
        return sure ? Shared(segments, current) : new Route(null, segments, lane);
    }

    /// <summary>Lets go of the routes of other reactors than run now.</summary>
    public void Follow(Plan current)
    {
        if (plan == current) return;
        plan = current;
        routes.Clear();
    }

    Route Shared(Segment[] segments, Plan current)
    {
        Follow(current);
        ref Route? route = ref CollectionsMarshal.GetValueRefOrAddDefault(routes, segments, out _);
        return route ??= new Route(current, segments, lane);
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
