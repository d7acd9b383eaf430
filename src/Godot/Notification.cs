using Godot.Recipes;

namespace Godot;

/// <summary>What a reactor hands to an output: one event, or one batch of them.</summary>
public sealed record Notification
{
    // Every event that is forwarded is in one: what few outputs ask for is made when they do.
    readonly NotificationNumber number;
    readonly string? id;

    /// <summary>A notification that no reactor has handed over: somebody tries an output.</summary>
    public Notification(string reactor, IReadOnlyList<Event> events) : this(reactor, events, NotificationNumbers.ByHand.Next())
    {
    }

    internal Notification(string reactor, IReadOnlyList<Event> events, NotificationNumber number) =>
        (Reactor, Events, this.number) = (reactor, events, number);

    /// <summary>The name of the reactor that decided it.</summary>
    public string Reactor { get; init; }

    /// <summary>
    /// At least one event; several if the reactor emitted a batch, or if many of its keys were found silent at once after a restart.
    /// </summary>
    public IReadOnlyList<Event> Events { get; init; }

    /// <summary>
    /// Unlike that of any other notification, and the same on every retry: by it a receiver tells what it has had already. 32 letters and
    /// digits that sort by time.
    /// </summary>
    public string Id
    {
        get => id ?? number.ToString();
        init => id = value;
    }

    /// <summary>The identity of the verb that handed it over, as metrics call it: <c>email</c>, <c>by/email.2</c>.</summary>
    public string Step { get; init; } = "";

    /// <summary>What it tells of.</summary>
    public NotificationKind Kind { get; init; }

    /// <summary>
    /// What it says of incidents, one or several that are told together; empty if it is no alert. <see cref="Events"/> are then their
    /// latest events, in the same order.
    /// </summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>
    /// What its events have in common of that by which the reactor divides events there: the fields of the <c>By</c> around the verb, or,
    /// without one, host and service, unless a verb before it sees all events. Fields that differ or that no event has are left out, and so
    /// is what a function makes of an event. Made anew each time it is asked for.
    /// </summary>
    public IReadOnlyList<(Field Field, string Value)> Key
    {
        get
        {
            List<(Field, string)> key = [];
            foreach (Field part in DividedBy)
            {
                FieldValue first = FieldValue.Of(Events[0], part);
                if (first != default && Events.All(e => FieldValue.Of(e, part) == first)) key.Add((part, first.ToString()));
            }
            return key;
        }
    }

    /// <summary>To be called, with the reason, where it is refused for good; on any thread. Null: nobody waits to hear that.</summary>
    internal Action<string>? Refused { get; init; }

    /// <summary>The channels that are told where it is refused for good.</summary>
    internal IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>The rows of the outbox that keep it; empty while none does.</summary>
    internal IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>When it was decided, by the calendar.</summary>
    internal DateTimeOffset DecidedAt => DateTimeOffset.FromUnixTimeMilliseconds(number.Time);

    /// <summary>Whose values make its key.</summary>
    internal IReadOnlyList<Field> DividedBy { get; init; } = [];
}
