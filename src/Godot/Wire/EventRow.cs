using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot;

/// <summary>The members of an event, as a set.</summary>
[Flags]
enum Parts : ushort
{
    None = 0,
    Host = 1,
    Service = 2,
    State = 4,
    Description = 8,
    Tags = 16,
    Meta = 32,
    Metric = 64,
    Time = 128,
    Ttl = 256,

    /// <summary>Members that we don't know: kept and forwarded.</summary>
    Other = 512,

    Series = Host | Service,
    All = Series | State | Description | Tags | Meta | Metric | Time | Ttl | Other,
}

/// <summary>
/// Where a text stands in an event's bytes, counted from the event's first byte. A string is what stands between its quotes, escapes and
/// all; tags and meta are JSON text, brackets and all.
/// </summary>
readonly record struct Slice(int Start, int Length);

/// <summary>
/// One parsed event: numbers decoded, texts left where they stand. It holds no references, so a block of events is two arrays and nothing
/// for the collector to walk; its meaning needs the bytes that it was parsed from.
/// </summary>
[StructLayout(LayoutKind.Auto)]
struct EventRow
{
    // Where the event stands in its block's bytes.

    /// <summary>The event's first byte, its opening brace, in the block.</summary>
    public int Start;

    /// <summary>Bytes of JSON text, braces included.</summary>
    public int Length;

    /// <summary>Bytes of the JSON text and of the changed texts that stand after it; equal to <see cref="Length"/> in an unchanged event.</summary>
    public int Extent;

    // What it says.

    /// <summary>The members that have a value.</summary>
    public Parts Present;

    /// <summary>The members whose value is no longer the one in the JSON text.</summary>
    public Parts Changed;

    /// <summary>The strings that have a backslash in them and must be unescaped.</summary>
    public Parts Escaped;

    public Slice Host, Service, State, Description, Tags, Meta;
    public double Metric;

    /// <summary>100 ns since the unix epoch: what the event says, otherwise its arrival.</summary>
    public long Time;

    /// <summary>100 ns.</summary>
    public long Ttl;

    // What the engine notes on its way.

    /// <summary>The seeded hash of host and service; 0 before it is known.</summary>
    public ulong Hash;

    public readonly bool Has(Parts part) => (Present & part) != 0;

    /// <summary>The slice of a text member; the caller has asked <see cref="Has"/>.</summary>
    public readonly Slice Text(Parts part) => part switch
    {
        Parts.Host => Host,
        Parts.Service => Service,
        Parts.State => State,
        Parts.Description => Description,
        Parts.Tags => Tags,
        _ => Meta,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetText(Parts part, Slice slice, bool escaped)
    {
        switch (part)
        {
            case Parts.Host: Host = slice; break;
            case Parts.Service: Service = slice; break;
            case Parts.State: State = slice; break;
            case Parts.Description: Description = slice; break;
            case Parts.Tags: Tags = slice; break;
            default: Meta = slice; break;
        }
        Present |= part;
        Escaped = escaped ? Escaped | part : Escaped & ~part;
    }
}
