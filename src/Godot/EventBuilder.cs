using System.Globalization;
using System.Text.Unicode;
using Godot.Events;

namespace Godot;

/// <summary>
/// Makes events of what a <see cref="MessageDecoder"/> reads: say what an event holds, then <see cref="Add"/> it. Texts are UTF-8. The
/// same holds for its members as for those of JSON (docs/wire.md): what cannot be is left out and counted, or rejects the event.
/// </summary>
/// <remarks>
/// The event stands over an empty object, with all its members as texts behind it: JSON is written when somebody wants to have it.
/// </remarks>
public sealed class EventBuilder
{
    const int LongestNumber = 32;

    readonly WireLimits limits;
    readonly IReadOnlyList<string> reasons;
    readonly Rejects rejects, incomplete;

    // The event: an empty object and texts; tags and meta, which may grow alternately, join them at the end.
    readonly TextBuffer text = new(), tags = new(), meta = new();
    EventRow row;

    // The first member's that is not as it should be; why the event is rejected in any case; why it is kept without a member.
    RejectReason? fault, fatal, leftOut;

    Block block = null!;
    long arrival;

    internal EventBuilder(WireLimits limits, IReadOnlyList<string> reasons, Rejects rejects, Rejects incomplete)
    {
        (this.limits, this.reasons, this.rejects, this.incomplete) = (limits, reasons, rejects, incomplete);
        text.Add(Empty);
        Forget();
    }

    static ReadOnlySpan<byte> Empty => "{}"u8;

    /// <summary>How many events the block holds.</summary>
    internal int Count => block.Count;

    /// <summary>Nothing says any more where the next message begins.</summary>
    internal bool IsLost { get; private set; }

    /// <summary>The machine or process that the event is about.</summary>
    public EventBuilder Host(ReadOnlySpan<byte> utf8) => Name(FieldSet.Host, utf8);

    /// <summary>What is measured.</summary>
    public EventBuilder Service(ReadOnlySpan<byte> utf8)
    {
        if (limits.FromOutside && utf8.StartsWith(EventRules.Reserved)) fatal ??= RejectReason.Reserved;
        return Name(FieldSet.Service, utf8);
    }

    /// <summary>A word shorter than 255 bytes, such as "ok".</summary>
    public EventBuilder State(ReadOnlySpan<byte> utf8) =>
        utf8.Length > EventRules.LongestState ? LeaveOut(FieldSet.State, RejectReason.StateTooLong) : Text(FieldSet.State, utf8);

    /// <summary>Free text.</summary>
    public EventBuilder Description(ReadOnlySpan<byte> utf8) => Text(FieldSet.Description, utf8);

    /// <summary>The number, which must be finite.</summary>
    public EventBuilder Metric(double metric)
    {
        if (!double.IsFinite(metric)) return LeaveOut(FieldSet.Metric, RejectReason.OutOfRange);
        row.Metric = metric;
        return Has(FieldSet.Metric);
    }

    /// <summary>When it happened, to 100 ns. An event that does not say it has the time of its arrival.</summary>
    public EventBuilder Time(DateTimeOffset time)
    {
        row.Time = EventRules.ToTicks(time);
        return Has(FieldSet.Time);
    }

    /// <summary>When it happened, as a count since the beginning of 1970; to 100 ns.</summary>
    /// <param name="count">Since then.</param>
    /// <param name="perSecond">Of what: 1 counts seconds, 1,000 milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perSecond"/> is less than 1.</exception>
    public EventBuilder UnixTime(long count, long perSecond = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perSecond, 1);
        Int128 twice = (Int128)count * TimeSpan.TicksPerSecond * 2;
        // Half away from zero.
        Int128 ticks = (twice + (count < 0 ? -(Int128)perSecond : perSecond)) / ((Int128)perSecond * 2);
        if (ticks < WireTime.NotArrived || ticks > WireTime.Last) return LeaveOut(FieldSet.Time, RejectReason.OutOfRange);
        row.Time = (long)ticks;
        return Has(FieldSet.Time);
    }

    /// <summary>How long the event is valid; not negative.</summary>
    public EventBuilder Ttl(TimeSpan ttl)
    {
        if (ttl < TimeSpan.Zero) return LeaveOut(FieldSet.Ttl, RejectReason.OutOfRange);
        row.Ttl = Math.Min(ttl.Ticks, EventRules.LongestTtl.Ticks);
        return Has(FieldSet.Ttl);
    }

    /// <summary>One tag more.</summary>
    public EventBuilder Tag(ReadOnlySpan<byte> utf8)
    {
        tags.Add(tags.Length == 0 ? (byte)'[' : (byte)',');
        return Quoted(tags, utf8);
    }

    /// <summary>One more value of <see cref="Event.Meta"/>: a text.</summary>
    public EventBuilder Meta(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8) => Named(name).Quoted(meta, utf8);

    /// <summary>One more value of <see cref="Event.Meta"/>: a number, which must be finite.</summary>
    public EventBuilder Meta(ReadOnlySpan<byte> name, double number)
    {
        if (!double.IsFinite(number)) return LeaveOut(FieldSet.None, RejectReason.OutOfRange);
        Named(name);
        number.TryFormat(meta.Room(LongestNumber), out int written, provider: CultureInfo.InvariantCulture);
        meta.Took(written);
        return this;
    }

    /// <summary>One more value of <see cref="Event.Meta"/>: a whole number, all its digits kept.</summary>
    public EventBuilder Meta(ReadOnlySpan<byte> name, long number)
    {
        Named(name);
        number.TryFormat(meta.Room(LongestNumber), out int written, provider: CultureInfo.InvariantCulture);
        meta.Took(written);
        return this;
    }

    /// <summary>One more value of <see cref="Event.Meta"/>: true or false.</summary>
    public EventBuilder Meta(ReadOnlySpan<byte> name, bool value)
    {
        Named(name);
        meta.Add(value ? "true"u8 : "false"u8);
        return this;
    }

    /// <summary>The event is complete; the next one begins.</summary>
    /// <returns>False: it was rejected, and counted.</returns>
    public bool Add()
    {
        Join(FieldSet.Tags, tags, (byte)']');
        Join(FieldSet.Meta, meta, (byte)'}');
        if (!row.Has(FieldSet.Time)) row.Time = arrival;
        row.Extent = text.Length;
        RejectReason? why = row.Extent > limits.EventLength ? RejectReason.TooLong : limits.Strict ? fatal ?? fault : fatal;
        if (why is { } reason)
        {
            rejects.Add(reason, text.Bytes[Empty.Length..]);
        }
        else
        {
            if (leftOut is { } without) incomplete.Add(without, text.Bytes[Empty.Length..]);
            block.Add(new EventView(in row, in text.First));
        }
        Forget();
        return why is null;
    }

    /// <summary>What was said since the last event is forgotten, and something that is not an event is counted instead.</summary>
    /// <param name="reason">One of the decoder's own, or one that all have (<see cref="EventDecoder.Reasons"/>).</param>
    /// <param name="sample">Its beginning is shown in the log.</param>
    /// <exception cref="ArgumentException">The decoder was not made with this reason.</exception>
    public void Reject(string reason, ReadOnlySpan<byte> sample)
    {
        Forget();
        for (int i = 0; i < reasons.Count; i++)
        {
            if (reasons[i] != reason) continue;
            rejects.Add((RejectReason)i, sample);
            return;
        }
        throw new ArgumentException($"The decoder was not made with the reason \"{reason}\".", nameof(reason));
    }

    /// <summary>
    /// As <see cref="Reject"/>, where nothing says any more at which byte the next message begins: a stream ends, and of a datagram nothing
    /// more is read.
    /// </summary>
    /// <inheritdoc cref="Reject"/>
    public void RejectRest(string reason, ReadOnlySpan<byte> sample)
    {
        Reject(reason, sample);
        IsLost = true;
    }

    /// <summary>What follows goes into this block.</summary>
    internal void Fill(Block block, long arrival) => (this.block, this.arrival) = (block, arrival);

    /// <summary>A message begins.</summary>
    internal void Begin()
    {
        Forget();
        IsLost = false;
    }

    void Forget()
    {
        row = new EventRow { Length = Empty.Length };
        (fault, fatal, leftOut) = (null, null, null);
        text.Cut(Empty.Length);
        tags.Cut(0);
        meta.Cut(0);
    }

    EventBuilder Name(FieldSet part, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > limits.NameLength) fatal ??= RejectReason.NameTooLong;
        return Text(part, utf8);
    }

    EventBuilder Text(FieldSet part, ReadOnlySpan<byte> utf8)
    {
        int start = text.Length;
        bool escaped = Escape(text, utf8);
        row.SetText(part, new Slice(start, text.Length - start), escaped);
        return Has(part);
    }

    EventBuilder Named(ReadOnlySpan<byte> name)
    {
        meta.Add(meta.Length == 0 ? (byte)'{' : (byte)',');
        Quoted(meta, name);
        meta.Add((byte)':');
        return this;
    }

    EventBuilder Quoted(TextBuffer to, ReadOnlySpan<byte> utf8)
    {
        to.Add((byte)'"');
        Escape(to, utf8);
        to.Add((byte)'"');
        return this;
    }

    /// <summary>Writes a text as it stands between quotes; true if that is not as it came, which is rare.</summary>
    bool Escape(TextBuffer to, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            fatal = RejectReason.NotUtf8;
            return false;
        }
        if (!JsonText.NeedsEscape(utf8))
        {
            to.Add(utf8);
            return false;
        }
        to.Took(JsonText.Escape(utf8, to.Room(checked(utf8.Length * JsonText.MostBytesPerChar))));
        return true;
    }

    void Join(FieldSet part, TextBuffer json, byte end)
    {
        if (json.Length == 0) return;
        json.Add(end);
        row.SetText(part, new Slice(text.Length, json.Length), escaped: false);
        row.Changed |= part;
        text.Add(json.Bytes);
    }

    EventBuilder Has(FieldSet part)
    {
        row.Present |= part;
        row.Changed |= part;
        return this;
    }

    EventBuilder LeaveOut(FieldSet part, RejectReason reason)
    {
        row.Present &= ~part;
        row.Changed |= part;
        fault ??= reason;
        leftOut ??= reason;
        return this;
    }
}
