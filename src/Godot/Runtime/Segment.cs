using Godot.Events;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>What divides a segment's state: one key for all, each series, or each tuple of some fields.</summary>
enum Sharding
{
    One,
    Series,
    Tuple,
}

/// <summary>A run of stages with one scope, sharded over the lanes by its own key.</summary>
sealed class Segment(int id, RunningReactor reactor, bool isEntry) : Target(id, reactor.Name), IComparable<Segment>
{
    SegmentShard[] shards = [];

    public RunningReactor Running => reactor;

    /// <summary>True if events come to it straight from the inputs, false if from another segment.</summary>
    public bool IsEntry => isEntry;

    public Sharding Sharding { get; set; } = Sharding.Series;

    /// <summary>True if its shards find their keys themselves; otherwise the lane's series know them, or there is only one.</summary>
    public bool FindsKeys => Sharding == Sharding.Tuple || (Sharding == Sharding.Series && !IsEntry);

    /// <summary>The fields of a <see cref="Sharding.Tuple"/>.</summary>
    public Field[] Fields { get; set; } = [];

    /// <summary>What its keys are made of, as a text.</summary>
    public string Shape => $"{Sharding}({string.Join(", ", Fields)})";

    /// <summary>Host, service, both or neither: what events of one key may differ in where they come to a stage.</summary>
    /// <param name="moved">A stage before it in the segment may have changed them: the key is that with which they came in.</param>
    public FieldSet NotCommon(bool moved) =>
        moved ? FieldSet.Series : Sharding == Sharding.Series ? FieldSet.None
        : Fields.Aggregate(FieldSet.Series, (parts, one) => parts & ~one.Part);

    /// <summary>How many keys it may have where its shards find them; null: as many as the engine says.</summary>
    public int? MaxKeys { get; set; }

    /// <summary>How long verbs without a time of their own remember a key; null: as long as the engine says.</summary>
    public TimeSpan? ForgetAfter { get; set; }

    /// <summary>Filters on host and service at the head of the recipe: asked once per series.</summary>
    public IReadOnlyList<Gate> Gates { get; set; } = [];

    /// <summary>The stages to make.</summary>
    public Node? Head { get; set; }

    /// <summary>
    /// Null: a filter threw, as a user's function and a regular expression with a timeout may; that was counted and logged.
    /// </summary>
    public bool? Admits(string? host, string? service)
    {
        foreach (Gate gate in Gates)
        {
            try
            {
                if (!gate.Filter.Passes(host, service)) return false;
            }
            catch (Exception thrown)
            {
                Interlocked.Increment(ref gate.Failures);
                reactor.Failed(gate.Id, thrown, $"{service ?? "-"} on {host ?? "-"}");
                return null;
            }
        }
        return true;
    }

    /// <summary>Makes the stages: on one lane if the segment has one key, otherwise on each.</summary>
    public void Open(Lane[] lanes)
    {
        EngineOptions options = lanes[0].Options;
        int limit = MaxKeys ?? options.MaxKeys;
        Room = new Room(limit, options.MaxNameBytes);
        string has =
            $"{(Sharding == Sharding.Tuple ? $"By({string.Join(", ", (IEnumerable<Field>)Fields)})" : "A verb that follows each "
                + "series")} in reactor {reactor.Name} has {limit} keys";
        TooManyKeys =
            reactor.NewAlarm("godot/keys-exceeded", "critical",
                $"{has}, as many as it may, or names of {options.MaxNameBytes} bytes; events of further ones are lost in it.");
        ForgottenKeys =
            reactor.NewAlarm("godot/keys-forgotten", "warning",
                $"{has}, as many as it may, or names of {options.MaxNameBytes} bytes; those that came once, then those idle longest, are "
                    + $"forgotten early.");
        shards = Sharding == Sharding.One
            ? [new SegmentShard(this, lanes[Id % lanes.Length])]
            : [.. lanes.Select(lane => new SegmentShard(this, lane))];
    }

    public SegmentShard[] Shards => shards;

    /// <summary>The shard on a lane; null if the segment has one key, and that is on another lane.</summary>
    public SegmentShard? ShardOn(Lane lane) => Sharding != Sharding.One ? shards[lane.Index] : shards[0].Lane == lane ? shards[0] : null;

    /// <summary>Events that are lost because it has as many keys as it may.</summary>
    public LimitAlarm TooManyKeys { get; private set; } = null!;

    /// <summary>Keys that were forgotten early because it has as many as it may.</summary>
    public LimitAlarm ForgottenKeys { get; private set; } = null!;

    /// <summary>How many keys it may have where its shards find them themselves.</summary>
    public Room Room { get; private set; } = null!;

    /// <summary>By the order in which events pass them, and reactors were added.</summary>
    public int CompareTo(Segment? other) => Id.CompareTo(other?.Id);
}
