using System.Buffers;
using System.Text;

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
    // The event as it came, or as it was last encoded; null in an event that was made and never encoded. Fields not in `given` are decoded from it.
    Encoded? encoded;

    // What was set by an initialiser.
    readonly Parts given;
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

    internal Event(EventView e) => encoded = new Encoded(e);

    /// <summary>The machine or process that the event is about; null if it says none.</summary>
    public string? Host
    {
        get => host ??= Kept(Parts.Host) ? encoded!.View.Host : null;
        init => (host, given) = (value, given | Parts.Host);
    }

    /// <summary>What is measured; null if the event says none.</summary>
    public string? Service
    {
        get => service ??= Kept(Parts.Service) ? encoded!.View.Service : null;
        init => (service, given) = (value, given | Parts.Service);
    }

    /// <summary>A word shorter than 255 bytes of UTF-8, such as "ok"; null if the event says none.</summary>
    /// <exception cref="ArgumentException">Set to a longer text.</exception>
    public string? State
    {
        get => state ??= Kept(Parts.State) ? encoded!.View.State : null;
        init => (state, given) = (EventRules.CheckState(value), given | Parts.State);
    }

    /// <summary>When it happened, to 100 ns. Null in an event that does not say and has not arrived; one that arrived has the time of its arrival.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a time after the year 5138: its seconds would read as milliseconds.</exception>
    public DateTimeOffset? Time
    {
        get => (given & Parts.Time) != 0 ? time : encoded?.View.Time;
        init
        {
            if (value is { } given) EventRules.CheckTime(given);
            (time, this.given) = (value?.ToUniversalTime(), this.given | Parts.Time);
        }
    }

    /// <summary>Free text; null if the event says none.</summary>
    public string? Description
    {
        get => description ??= Kept(Parts.Description) ? encoded!.View.Description : null;
        init => (description, given) = (value, given | Parts.Description);
    }

    /// <summary>The tags; empty if the event says none.</summary>
    public IReadOnlyList<string> Tags
    {
        get => tags ??= Kept(Parts.Tags) ? encoded!.View.Tags : [];
        init => (tags, given) = ([.. value], given | Parts.Tags);
    }

    /// <summary>Further values by name, their types kept; empty if the event says none.</summary>
    public IReadOnlyDictionary<string, MetaValue> Meta
    {
        get => meta ??= Kept(Parts.Meta) ? encoded!.View.Meta : MetaValue.None;
        init => (meta, given) = (new Dictionary<string, MetaValue>(value), given | Parts.Meta);
    }

    /// <summary>The number; null if the event has none. Always finite.</summary>
    /// <exception cref="ArgumentException">Set to NaN or to infinity.</exception>
    public double? Metric
    {
        get => (given & Parts.Metric) != 0 ? metric : encoded?.View.Metric;
        init => (metric, given) = (EventRules.CheckMetric(value), given | Parts.Metric);
    }

    /// <summary>How long the event is valid; null if it does not say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan? Ttl
    {
        get => (given & Parts.Ttl) != 0 ? ttl : encoded?.View.Ttl;
        init => (ttl, given) = (EventRules.CheckTtl(value), given | Parts.Ttl);
    }

    /// <summary>The value of a member that is none of the nine fields; <see cref="MetaKind.Missing"/> if there is none.</summary>
    public MetaValue Member(string name) => encoded is null ? default : encoded.View.Member(name);

    /// <summary>Reads one event from JSON text.</summary>
    /// <exception cref="FormatException">The text is not one well-formed event; the message says why.</exception>
    public static Event Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads one event from UTF-8 JSON text.</summary>
    /// <exception cref="FormatException">The text is not one well-formed event; the message says why.</exception>
    public static Event Parse(ReadOnlySpan<byte> json) => EventReader.ReadOne(json);

    /// <summary>Writes the event as JSON, without a newline. An event that came over the wire and was not changed is written byte for byte.</summary>
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
    internal EventView View
    {
        get
        {
            if (given == Parts.None && encoded is not null) return encoded.View;
            throw new NotImplementedException();
        }
    }

    /// <summary>What an event that came, and was not made here, holds; null otherwise.</summary>
    internal Encoded? Source => encoded;

    /// <summary>The fields that were set, and are not to be decoded from <see cref="Source"/>.</summary>
    internal Parts Given => given;

    /// <inheritdoc/>
    public bool Equals(Event? other) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Host, Service, State, Time, Metric);

    bool Kept(Parts part) => (given & part) == 0 && encoded is not null;

    /// <summary>An event's bytes and where things stand in them.</summary>
    internal sealed class Encoded
    {
        EventRow row;
        readonly byte[] bytes;

        public Encoded(EventView e)
        {
            bytes = e.Bytes.ToArray();
            row = e.Row;
            row.Start = 0;
        }

        public EventView View => new(in row, in bytes[0]);
    }
}
