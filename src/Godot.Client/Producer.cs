using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>An event that a client sends at once and then again and again: a heartbeat, or a live metric.</summary>
/// <remarks>Immutable: one producer can be given to several clients.</remarks>
public sealed class Producer
{
    readonly TimeSpan? ttl;

    /// <summary>
    /// The machine or process that the events are about; this machine's name unless set; null: none, whatever the client's options say.
    /// </summary>
    public string? Host { get; init; } = Environment.MachineName;

    /// <summary>What the events tell about; none unless set.</summary>
    public string? Service { get; init; }

    /// <summary>A word shorter than 255 bytes of UTF-8; "ok" unless set.</summary>
    /// <exception cref="ArgumentException">Set to a longer text.</exception>
    public string? State { get; init => field = EventRules.CheckState(value); } = "ok";

    /// <summary>Free text; none unless set.</summary>
    public string? Description { get; init; }

    /// <summary>The tags; none unless set.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Further values by name; none unless set.</summary>
    public IReadOnlyDictionary<string, MetaValue> Meta { get; init; } = MetaValue.None;

    /// <summary>The number; none unless set. 0 is sent as 0.</summary>
    /// <exception cref="ArgumentException">Set to NaN or to infinity.</exception>
    public double? Metric { get; init => field = EventRules.CheckMetric(value); }

    /// <summary>
    /// How long each event is valid; four times <see cref="Every"/> unless set, so that neither jitter nor a lost event expires it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Ttl { get => ttl ?? Every * 4; init => ttl = EventRules.CheckTtl(value); }

    /// <summary>The time from one event to the next: from 1 ms to 49 days.</summary>
    /// <remarks>
    /// It does not drift. A tick that is missed, because the machine slept or the client was held up, is not made up for.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to a time out of this range.</exception>
    public required TimeSpan Every
    {
        get;
        init
        {
            RecipeRules.Between(TimeSpan.FromMilliseconds(1), GodotClientOptions.LongestTimer, value, "Producer.Every", nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// Asked at each tick: is given the event that is about to be sent, and returns the one to send in its stead, for example
    /// <c>e => e with { Metric = queue.Count }</c>, or null to send none.
    /// </summary>
    /// <remarks>
    /// Called on a thread of the pool, never twice at once by one client. If it throws, that tick is lost, counted, and logged at most once
    /// a minute.
    /// </remarks>
    public Func<Event, Event?>? Measure { get; init; }

    internal Event ToEvent() => new()
    {
        Host = Host,
        Service = Service,
        State = State,
        Description = Description,
        Tags = Tags,
        Meta = Meta,
        Metric = Metric,
        Ttl = Ttl,
    };
}
