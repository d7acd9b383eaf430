using System.Text.RegularExpressions;
using Godot.Events;

namespace Godot.Runtime;

/// <summary>How much a search may take.</summary>
/// <param name="Events">The most events that it answers with.</param>
/// <param name="Bytes">The most memory that these may take.</param>
record struct SearchLimits(int Events, long Bytes = long.MaxValue)
{
    /// <summary>How long it may look for them, by the processor's clock, whatever the engine's says.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>
/// Asks the stages of an index, lane after lane. A lane is held only while a share of its entries is copied, and whoever waits for it
/// meanwhile comes first; the copies are matched when no lane
/// is held. So each entry is as it was at some time during the search.
/// </summary>
sealed class IndexSearch(Engine engine, Query query, SearchLimits limits, CancellationToken stop)
{
    // What is copied at once, whichever comes first: well below a millisecond, unless the machine is busy.
    const int Share = 1024, ShareBytes = 256 * 1024;
    static readonly TimeSpan ShareTime = TimeSpan.FromMilliseconds(2);

    // A lane that a hanging reactor holds for longer is not waited for.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // What an event takes in memory beside its bytes, roughly.
    const int EventSize = 256;

    static readonly TimeProvider Clock = TimeProvider.System;

    readonly Intake pass = engine.OpenIntake();
    readonly long begin = Clock.GetTimestamp();
    readonly Block copies = new();

    // The first ones of what was found, the last of them on top; and the first one that had to be left out: nothing behind that is taken.
    readonly PriorityQueue<Event, Place> first = new(Comparer<Place>.Create(static (a, b) => Compare(b, a)));
    Place? leftOut;
    long bytes, matches;

    readonly record struct Place(string? Service, string? Host);

    /// <exception cref="TimeoutException">A reactor holds a lane for too long, or the search takes too long; the message says what to
    /// change.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public SearchResult Run(IReadOnlyList<(SegmentShard Shard, IndexStage Stage)> stages)
    {
        if (stages.Count > 0 && IsLookUp(stages[0].Shard.Segment, out Event? series)) LookUp(stages, series);
        else
            foreach ((SegmentShard shard, IndexStage stage) in stages) Scan(shard, stage);
        Event[] found = new Event[first.Count];
        for (int i = found.Length - 1; i >= 0; i--) found[i] = first.Dequeue();
        return new SearchResult(found, matches);
    }

    // Exactly one series can match, and the engine knows where it is. Inside a By, events are where they were when they came there.
    bool IsLookUp(Segment segment, out Event series)
    {
        (string? host, string? service) = (query.Only(FieldSet.Host), query.Only(FieldSet.Service));
        series = new Event { Host = host, Service = service };
        return host is not null && service is not null && segment.Sharding == Sharding.Series && segment.Fields.Length == 0;
    }

    void LookUp(IReadOnlyList<(SegmentShard Shard, IndexStage Stage)> stages, Event series)
    {
        SegmentShard shard = pass.ShardOf(stages[0].Shard.Segment, series);
        IndexStage stage = stages.First(on => on.Shard == shard).Stage;
        Hold(shard.Lane, lane =>
        {
            if (shard.FindKey(series) is var key and not SegmentShard.AnyKey) Copy(lane, stage, key);
        });
        MatchCopies();
    }

    void Scan(SegmentShard shard, IndexStage stage)
    {
        for (int key = 0; key < stage.Keys;)
        {
            Hold(shard.Lane, lane =>
            {
                long since = Clock.GetTimestamp();
                int end = Math.Min(key + Share, stage.Keys);
                for (; key < end && copies.Used < ShareBytes && Clock.GetElapsedTime(since) < ShareTime; key++) Copy(lane, stage, key);
            });
            MatchCopies();
        }
    }

    void Hold(Lane lane, Action<Lane> work)
    {
        copies.Clear();
        lane.GiveWay();
        if (!pass.TryRunLane(lane, Patience, work))
            throw new TimeoutException(
                $"A reactor has kept its lane for {Patience.TotalSeconds} seconds; the index cannot be read meanwhile.");
    }

    void Copy(Lane lane, IndexStage stage, int key)
    {
        if (!stage.TryGet(key, out EventView e)) return;
        copies.Add(e);
        // Entries are read into it.
        lane.Scratch.Reset();
    }

    void MatchCopies()
    {
        for (int i = 0; i < copies.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (Clock.GetElapsedTime(begin) > limits.Time)
            {
                throw new TimeoutException(
                    $"The query took longer than {limits.Time.TotalSeconds} seconds; name a host and a service in it, or compare fewer and "
                        + $"shorter texts.");
            }
            if (Passes(copies[i])) Take(copies[i]);
        }
    }

    bool Passes(EventView e)
    {
        try
        {
            return query.Filter.Passes(e);
        }
        // Unlike a rule, a query has time for another try: what is slow on a busy machine need not fail it.
        catch (RegexMatchTimeoutException)
        {
            return query.Filter.Passes(e);
        }
    }

    void Take(EventView e)
    {
        matches++;
        Place place = new(e.Service, e.Host);
        if (leftOut is { } end && Compare(place, end) >= 0) return;
        Event taken = e.ToEvent();
        first.Enqueue(taken, place);
        bytes += SizeOf(taken);
        while (first.Count > limits.Events || bytes > limits.Bytes)
        {
            first.TryDequeue(out Event? last, out place);
            bytes -= SizeOf(last!);
            leftOut = place;
        }
    }

    static long SizeOf(Event e) => EventSize + e.View.Bytes.Length;

    static int Compare(Place a, Place b) =>
        string.CompareOrdinal(a.Service, b.Service) is var order and not 0 ? order : string.CompareOrdinal(a.Host, b.Host);
}
