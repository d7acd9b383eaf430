using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Godot.Events;

namespace Godot;

/// <summary>
/// A look at an event: what a stage is handed. It is to <see cref="Event"/> what <see cref="ReadOnlySpan{T}"/> is to a string: free to
/// look at, decoded field by field when asked, gone when the call returns. Keep it with <see cref="ToEvent"/>.
/// </summary>
/// <remarks>
/// <c>e with { Metric = 5 }</c> is a changed copy that lives as long as the view itself; on the engine's lanes it allocates nothing.
/// </remarks>
public readonly ref struct EventView
{
    readonly ref readonly EventRow row;
    readonly ref readonly byte first;

    internal EventView(ref readonly EventRow row, ref readonly byte first)
    {
        this.row = ref row;
        this.first = ref first;
    }

    internal ref readonly EventRow Row => ref row;

    /// <summary>A default view, which looks at no event.</summary>
    internal bool IsNothing => Unsafe.IsNullRef(in row);

    /// <summary>The JSON text, and after it the texts that were changed.</summary>
    internal ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in first, row.Extent);

    /// <summary>The JSON text as it came; <see cref="EventRow.Changed"/> names what is no longer true in it.</summary>
    internal ReadOnlySpan<byte> Json => MemoryMarshal.CreateReadOnlySpan(in first, row.Length);

    /// <summary>The machine or process that the event is about; null if it says none.</summary>
    public string? Host
    {
        get => Word(FieldSet.Host);
        init => this = Scratch.WithText(this, FieldSet.Host, value);
    }

    /// <summary>What is measured; null if the event says none.</summary>
    public string? Service
    {
        get => Word(FieldSet.Service);
        init => this = Scratch.WithText(this, FieldSet.Service, value);
    }

    /// <summary>A word shorter than 255 bytes of UTF-8, such as "ok"; null if the event says none.</summary>
    /// <exception cref="ArgumentException">Set to a longer text.</exception>
    public string? State
    {
        get => Word(FieldSet.State);
        init => this = Scratch.WithText(this, FieldSet.State, EventRules.CheckState(value));
    }

    /// <summary>Free text; null if the event says none.</summary>
    public string? Description
    {
        get => !row.Has(FieldSet.Description) ? null
            : (row.Escaped & FieldSet.Description) != 0 ? JsonText.UnescapeToString(Text(FieldSet.Description))
            : Encoding.UTF8.GetString(Text(FieldSet.Description));
        init => this = Scratch.WithText(this, FieldSet.Description, value);
    }

    /// <summary>The tags; empty if the event says none.</summary>
    public IReadOnlyList<string> Tags
    {
        get => row.Has(FieldSet.Tags) ? JsonMembers.ReadTags(Text(FieldSet.Tags)) : [];
        init => this = Scratch.WithJson(this, FieldSet.Tags, EventWriter.TagsText(value));
    }

    /// <summary>
    /// Further values by name, their types kept; empty if the event says none. A name that it does not have is
    /// <see cref="MetaKind.Missing"/>.
    /// </summary>
    public IReadOnlyDictionary<string, MetaValue> Meta
    {
        get => row.Has(FieldSet.Meta) ? JsonMembers.ReadMeta(Text(FieldSet.Meta)) : MetaValue.None;
        init => this = Scratch.WithJson(this, FieldSet.Meta, EventWriter.MetaText(value));
    }

    /// <summary>The number; null if the event has none. Always finite.</summary>
    /// <exception cref="ArgumentException">Set to NaN or to infinity.</exception>
    public double? Metric
    {
        get => row.Has(FieldSet.Metric) ? row.Metric : null;
        init
        {
            EventRules.CheckMetric(value);
            ref EventRow changed = ref Scratch.Copy(in row, FieldSet.Metric, value.HasValue);
            changed.Metric = value.GetValueOrDefault();
            row = ref changed;
        }
    }

    /// <summary>When it happened, to 100 ns: what the event says, otherwise its arrival.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a time after the year 5138: its seconds would read as milliseconds.</exception>
    public DateTimeOffset Time
    {
        get => EventRules.ToTime(row.Time);
        init
        {
            ref EventRow changed = ref Scratch.Copy(in row, FieldSet.Time, true);
            changed.Time = EventRules.CheckTime(value);
            row = ref changed;
        }
    }

    /// <summary>The time; null if the event does not say it and has not arrived.</summary>
    internal DateTimeOffset? TimeIfKnown => row.Has(FieldSet.Time) || row.Time != WireTime.NotArrived ? Time : null;

    /// <summary>How long the event is valid; null if it does not say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan? Ttl
    {
        get => row.Has(FieldSet.Ttl) ? new TimeSpan(row.Ttl) : null;
        init
        {
            ref EventRow changed = ref Scratch.Copy(in row, FieldSet.Ttl, value.HasValue);
            changed.Ttl = EventRules.CheckTtl(value).GetValueOrDefault().Ticks;
            row = ref changed;
        }
    }

    /// <summary>True if the event has this tag, compared ordinally.</summary>
    public bool HasTag(string tag) => row.Has(FieldSet.Tags) && JsonMembers.HasTag(Text(FieldSet.Tags), tag);

    /// <summary>The value of a member that is not one of the nine fields; <see cref="MetaKind.Missing"/> if there is none.</summary>
    public MetaValue Member(string name) => row.Has(FieldSet.Other) ? JsonMembers.Find(Json, name) : default;

    /// <summary>One value of <see cref="Meta"/>, without looking at the others.</summary>
    internal MetaValue MetaOf(string key) => row.Has(FieldSet.Meta) ? JsonMembers.FindIn(Text(FieldSet.Meta), key) : default;

    /// <summary>A copy that can be kept.</summary>
    public Event ToEvent() => new(this);

    /// <summary>The event as a line of JSON, without the newline.</summary>
    public override string ToString() => ToEvent().ToString();

    /// <summary>A text member as it stands in the bytes: a string without its quotes, tags and meta with their brackets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Text(FieldSet part)
    {
        Slice slice = row.Text(part);
        return MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in first), slice.Start), slice.Length);
    }

    /// <summary>The same without these members.</summary>
    internal EventView Without(FieldSet parts) =>
        parts == FieldSet.None ? this : new EventView(ref Scratch.Copy(in row, parts, present: false), in first);

    /// <summary>True if a string member says this word.</summary>
    internal bool Is(FieldSet part, ReadOnlySpan<byte> word) =>
        row.Has(part)
        && ((row.Escaped & part) != 0 ? JsonText.UnescapeToString(Text(part)) == Encoding.UTF8.GetString(word)
            : Text(part).SequenceEqual(word));

    /// <summary>True if a string member begins so, as it is written: one with an escape there does not.</summary>
    internal bool Begins(FieldSet part, ReadOnlySpan<byte> beginning) => row.Has(part) && Text(part).StartsWith(beginning);

    string? Word(FieldSet part) => !row.Has(part) ? null
        : (row.Escaped & part) != 0 ? JsonText.UnescapeToString(Text(part))
        : TextCache.Get(Text(part));
}
