using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;
using Microsoft.Extensions.Logging;

namespace Godot.Runtime;

/// <summary>A recipe that runs: its name, its segments, its failures.</summary>
sealed partial class RunningReactor(string name, string text, TimeProvider clock, ILogger logger)
{
    readonly OncePerMinute failureLog = new(clock);
    long unlogged, refused, forgotten;

    public string Name => name;

    /// <summary>The recipe as it was written.</summary>
    public string Text => text;

    /// <summary>Its steps and those inside, in the order in which the recipe is read.</summary>
    public IReadOnlyList<PlacedStep> Steps { get; set; } = [];

    /// <summary>In the order in which events pass them; the first is where they come in.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>The topic that its events come from; null if they come from the inputs.</summary>
    public string? Source { get; set; }

    /// <summary>The topics that it publishes on.</summary>
    public HashSet<string> Topics { get; } = [];

    /// <summary>The queues that its notifications go to.</summary>
    public HashSet<OutputQueue> Outputs { get; } = [];

    /// <summary>Its alert, if it is one, and the segment that this runs in.</summary>
    public (AlertPort Port, Segment Segment)? Alert { get; set; }

    /// <summary>How many keys it went on with at the start; where it has several verbs with keys, of that which had most.</summary>
    public long Inherited { get; set; }

    public Segment Entry => Segments[0];

    /// <summary>
    /// What each stage was handed, and lost because it threw, over all lanes; stages in the order of the recipe. Leading filters are asked
    /// once per series and stand here only if they have thrown.
    /// </summary>
    public IEnumerable<StageCount> Counts() => Entry.Gates
        .Select(gate => new StageCount(name, gate.Id, 0, Volatile.Read(ref gate.Failures))).Where(count => count.Failed > 0)
        .Concat(StageCounts());

    IEnumerable<StageCount> StageCounts() =>
        from segment in Segments
        from shard in segment.Shards
        from stage in shard.Stages
        where stage.Slot.Id.Length > 0
        group stage.Slot by stage.Slot.Id into slots
        orderby slots.First().Number
        select new StageCount(name, slots.Key, slots.Sum(slot => Volatile.Read(ref slot.Handled)),
            slots.Sum(slot => Volatile.Read(ref slot.Failures)),
            slots.Sum(slot => Volatile.Read(ref slot.TooLate)));

    /// <summary>Logs a failure: the first, then once a minute with how many there were.</summary>
    public void Failed(string stage, Exception thrown, string sample) => Failed(stage, thrown, 1, sample);

    /// <summary>The same, with so many events that were lost at once.</summary>
    public void Failed(string stage, Exception thrown, int events, string sample)
    {
        Interlocked.Add(ref unlogged, events);
        if (failureLog.Pass())
            EventLost(Thrown.Readable(thrown), name, stage, Interlocked.Exchange(ref unlogged, 0),
                PlainText.Cut(PlainText.Printable(sample), 300));
    }

    /// <summary>
    /// Counts an event that was lost because a segment has as many keys as it may have; warns once. Returns the event that says so, if it
    /// is time for one.
    /// </summary>
    public Event? TooManyKeys(Segment segment)
    {
        if (Interlocked.Increment(ref refused) == 1) KeysRefused(name);
        return segment.TooManyKeys.Count();
    }

    /// <summary>Events lost because there were too many keys.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>
    /// Counts keys that a segment has forgotten early, for others to have room. Returns the event that says so, if it is time for one.
    /// </summary>
    public Event? KeysForgotten(Segment segment, int count)
    {
        if (Interlocked.Add(ref forgotten, count) == count) ForgotKeys(name);
        return segment.ForgottenKeys.Count(count);
    }

    /// <summary>Keys that were forgotten early.</summary>
    public long Forgotten => Volatile.Read(ref forgotten);

    public LimitAlarm NewAlarm(string service, string state, string description) => new(service, state, description, clock);

    [LoggerMessage(EventId = 101, Level = LogLevel.Error,
        Message = "Reactor {Reactor}: stage {Stage} threw and lost {Count} events since it was last said; the last one was {Sample}")]
    partial void EventLost(Exception thrown, string reactor, string stage, long count, string sample);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning,
        Message = "Reactor {Reactor} has as many keys as it may have (EngineOptions.MaxKeys, or By's maxKeys); events of new ones are lost "
        + "in it and counted")]
    partial void KeysRefused(string reactor);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning,
        Message = "Reactor {Reactor} has as many keys as it may have (EngineOptions.MaxKeys, or By's maxKeys); those that came once, then "
        + "those idle longest, are forgotten early, and counted")]
    partial void ForgotKeys(string reactor);
}
