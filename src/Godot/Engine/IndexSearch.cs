namespace Godot;

/// <summary>What an index has that matches a query.</summary>
/// <param name="Events">By service, then by host; those without one first. At most as many as were asked for.</param>
/// <param name="Matches">How many there are in all.</param>
public sealed record SearchResult(IReadOnlyList<Event> Events, long Matches);

/// <summary>
/// Asks the stages of an index, lane after lane, each for a share of its keys at a time: a lane is never held for long. So each entry is as it was at some time during the search.
/// </summary>
sealed class IndexSearch(Engine engine, Query query, int limit)
{
    // So many keys are looked at while a lane's lock is held: well below a millisecond.
    const int Share = 1024;

    // A lane that a hanging reactor holds for longer is not waited for.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Intake pass = engine.OpenIntake();

    // The first ones of what was found, the last of them on top.
    readonly PriorityQueue<Event, (string? Service, string? Host)> first = new(Comparer<(string? Service, string? Host)>.Create(static (a, b) => Compare(b, a)));
    long matches;

    /// <exception cref="TimeoutException">A reactor holds a lane for too long.</exception>
    public SearchResult Run(IReadOnlyList<IndexStage> stages)
    {
        if (stages.Count > 0 && IsLookUp(stages[0].Home.Segment, out Event? series)) LookUp(stages, series);
        else
            foreach (IndexStage stage in stages) Scan(stage);
        Event[] found = new Event[first.Count];
        for (int i = found.Length - 1; i >= 0; i--) found[i] = first.Dequeue();
        return new SearchResult(found, matches);
    }

    // Exactly one series can match, and the engine knows where it is. Inside a By, events are where they were when they came there.
    bool IsLookUp(Segment segment, out Event series)
    {
        (string? host, string? service) = (query.Only(Parts.Host), query.Only(Parts.Service));
        series = new Event { Host = host, Service = service };
        return host is not null && service is not null && segment.Sharding == Sharding.Series && segment.Fields.Length == 0;
    }

    void LookUp(IReadOnlyList<IndexStage> stages, Event series)
    {
        Strand strand = pass.StrandOf(stages[0].Home.Segment, series);
        IndexStage stage = stages.First(stage => stage.Home == strand);
        Hold(strand.Lane, _ =>
        {
            if (strand.FindKey(series) is var key and not Strand.AnyKey) Take(stage, key);
        });
    }

    void Scan(IndexStage stage)
    {
        for (int from = 0; from < stage.Keys; from += Share)
        {
            int end = Math.Min(from + Share, stage.Keys);
            Hold(stage.Home.Lane, _ =>
            {
                for (int key = from; key < end; key++) Take(stage, key);
            });
        }
    }

    void Hold(Lane lane, Action<Lane> work)
    {
        if (!pass.TryRunLane(lane, Patience, work)) throw new TimeoutException($"A reactor has kept its lane for {Patience.TotalSeconds} seconds; the index cannot be read meanwhile.");
    }

    void Take(IndexStage stage, int key)
    {
        if (!stage.TryGet(key, out EventView e) || !query.Filter.Passes(e)) return;
        matches++;
        (string? Service, string? Host) place = (e.Service, e.Host);
        if (first.Count < limit) first.Enqueue(e.ToEvent(), place);
        else if (limit > 0 && first.TryPeek(out _, out (string?, string?) last) && Compare(place, last) < 0) first.DequeueEnqueue(e.ToEvent(), place);
    }

    static int Compare((string? Service, string? Host) a, (string? Service, string? Host) b) =>
        string.CompareOrdinal(a.Service, b.Service) is var order and not 0 ? order : string.CompareOrdinal(a.Host, b.Host);
}
