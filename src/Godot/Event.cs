using System.Buffers;
using System.Text;
using Godot.Events;

namespace Godot;

/// <summary>
/// One immutable event: what programs send, and what windows and outputs hold. An event that came over the wire keeps the bytes
/// that it came in, and decodes a field when it is asked for.
/// </summary>
/// <remarks>
/// Nothing is obligatory. Two events are equal if all their fields and further members are, however their JSON is written.
/// An event may be used from several threads at once.
/// </remarks>
public sealed record Event
{
    // The event as it came; null in an event that was made here. Fields not in `given` are decoded from it.
    readonly Encoded? source;

    // What a made or changed event says, once somebody looked at it. Two threads may both make it; they make the same.
    Encoded? encoding;

    // What was set by an initialiser.
    readonly FieldSet given;
    readonly double? metric;
    readonly DateTimeOffset? time;
    readonly TimeSpan? ttl;

    // What was set, or decoded once.
    string? host, service, state, description;
    IReadOnlyList<string>? tags;
    IReadOnlyDictionary<string, MetaValue>? meta;

    /// <summary>An event that says nothing yet; set its fields in an initialiser.</summary>
    public Event()
    {
    }

    internal Event(EventView e) => source = new Encoded(e);

    // What `with` starts from: everything but the encoding, which will not be true of the copy.
    Event(Event original)
    {
        (source, given) = (original.source, original.given);
        (metric, time, ttl) = (original.metric, original.time, original.ttl);
        (host, service, state, description) = (original.host, original.service, original.state, original.description);
        (tags, meta) = (original.tags, original.meta);
    }

    /// <summary>The machine or process that the event is about; null if it says none.</summary>
    public string? Host
    {
        get => host ??= Kept(FieldSet.Host) ? source!.View.Host : null;
        init => (host, given) = (value, given | FieldSet.Host);
    }

    /// <summary>What is measured; null if the event says none.</summary>
    public string? Service
    {
        get => service ??= Kept(FieldSet.Service) ? source!.View.Service : null;
        init => (service, given) = (value, given | FieldSet.Service);
    }

    /// <summary>A word shorter than 255 bytes of UTF-8, such as "ok"; null if the event says none.</summary>
    /// <exception cref="ArgumentException">Set to a longer text.</exception>
    public string? State
    {
        get => state ??= Kept(FieldSet.State) ? source!.View.State : null;
        init => (state, given) = (EventRules.CheckState(value), given | FieldSet.State);
    }

    /// <summary>
    /// When it happened, to 100 ns. Null in an event that does not say and has not arrived; one that arrived has the time of its arrival.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a time after the year 5138: its seconds would read as milliseconds.</exception>
    public DateTimeOffset? Time
    {
        get => (given & FieldSet.Time) != 0 ? time : source?.View.TimeIfKnown;
        init
        {
            if (value is { } given) EventRules.CheckTime(given);
            (time, this.given) = (value?.ToUniversalTime(), this.given | FieldSet.Time);
        }
    }

    /// <summary>Free text; null if the event says none.</summary>
    public string? Description
    {
        get => description ??= Kept(FieldSet.Description) ? source!.View.Description : null;
        init => (description, given) = (value, given | FieldSet.Description);
    }

    /// <summary>The tags; empty if the event says none.</summary>
    public IReadOnlyList<string> Tags
    {
        get => tags ??= Kept(FieldSet.Tags) ? source!.View.Tags : [];
        init => (tags, given) = ([.. value], given | FieldSet.Tags);
    }

    /// <summary>
    /// Further values by name, their types kept; empty if the event says none. A name that it does not have is
    /// <see cref="MetaKind.Missing"/>.
    /// </summary>
    public IReadOnlyDictionary<string, MetaValue> Meta
    {
        get => meta ??= Kept(FieldSet.Meta) ? source!.View.Meta : MetaValue.None;
        init => (meta, given) = (new MetaValues(value.Where(entry => entry.Value.Kind != MetaKind.Missing)), given | FieldSet.Meta);
    }

    /// <summary>The number; null if the event has none. Always finite.</summary>
    /// <exception cref="ArgumentException">Set to NaN or to infinity.</exception>
    public double? Metric
    {
        get => (given & FieldSet.Metric) != 0 ? metric : source?.View.Metric;
        init => (metric, given) = (EventRules.CheckMetric(value), given | FieldSet.Metric);
    }

    /// <summary>How long the event is valid; null if it does not say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan? Ttl
    {
        get => (given & FieldSet.Ttl) != 0 ? ttl : source?.View.Ttl;
        init => (ttl, given) = (EventRules.CheckTtl(value), given | FieldSet.Ttl);
    }

    /// <summary>The value of a member that is not one of the nine fields; <see cref="MetaKind.Missing"/> if there is none.</summary>
    public MetaValue Member(string name) => source is null ? default : source.View.Member(name);

    /// <summary>Reads one event from JSON text.</summary>
    /// <exception cref="FormatException">The text is not one well-formed event; the message says why.</exception>
    public static Event Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads one event from UTF-8 JSON text.</summary>
    /// <exception cref="FormatException">The text is not one well-formed event; the message says why.</exception>
    public static Event Parse(ReadOnlySpan<byte> json) => EventReader.ReadOne(json);

    /// <summary>
    /// Writes the event as JSON, without a newline. An event that came over the wire and was not changed is written byte for byte.
    /// </summary>
    public void WriteTo(IBufferWriter<byte> output) => EventWriter.Write(this, output);

    /// <summary>The event as JSON, without a newline.</summary>
    public override string ToString()
    {
        ArrayBufferWriter<byte> json = new();
        WriteTo(json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>A look at this event.</summary>
    public static implicit operator EventView(Event e) => e.View;

    /// <summary>A look at this event; encodes it the first time if it was made or changed.</summary>
    internal EventView View => (given == FieldSet.None && source is not null ? source : encoding ??= Encode()).View;

    /// <summary>What an event that came, and was not made here, holds; null otherwise.</summary>
    internal Encoded? Source => source;

    /// <summary>The fields that were set, and are not to be decoded from <see cref="Source"/>.</summary>
    internal FieldSet Given => given;

    /// <summary>All nine fields and all other members are equal, however they are written.</summary>
    public bool Equals(Event? other) =>
        ReferenceEquals(this, other) || (other is not null
            && Host == other.Host && Service == other.Service && State == other.State && Description == other.Description
            && Time == other.Time && Metric == other.Metric && Ttl == other.Ttl
            && Tags.SequenceEqual(other.Tags) && AreEqual(Meta, other.Meta) && AreEqual(Others, other.Others));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Host, Service, State, Time, Metric);

    IReadOnlyDictionary<string, MetaValue> Others =>
        source is not null && source.View.Row.Has(FieldSet.Other) ? JsonMembers.ReadOthers(source.View.Json) : MetaValue.None;

    bool Kept(FieldSet part) => (given & part) == 0 && source is not null;

    Encoded Encode()
    {
        ArrayBufferWriter<byte> json = new();
        EventWriter.Write(this, json);
        return EventReader.ReadOurs(json.WrittenSpan, arrival: Time is { } known ? EventRules.ToTicks(known) : WireTime.NotArrived);
    }

    static bool AreEqual(IReadOnlyDictionary<string, MetaValue> a, IReadOnlyDictionary<string, MetaValue> b)
    {
        if (a.Count != b.Count) return false;
        foreach ((string name, MetaValue value) in a)
        {
            if (!b.TryGetValue(name, out MetaValue other) || value != other) return false;
        }
        return true;
    }

    /// <summary>An event's bytes and where things stand in them.</summary>
    internal sealed class Encoded
    {
        EventRow row;
        readonly byte[] bytes;

        public Encoded(EventView e) : this(e.Row, e.Bytes.ToArray())
        {
        }

        /// <param name="bytes">The event's own, starting with its first byte.</param>
        public Encoded(EventRow row, byte[] bytes)
        {
            this.row = row;
            this.row.Start = 0;
            this.bytes = bytes;
        }

        public EventView View => new(in row, in bytes[0]);
    }
}
