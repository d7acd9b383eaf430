using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot.Events;

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

    /// <summary>
    /// Bytes of the JSON text and of the changed texts that stand after it; equal to <see cref="Length"/> in an unchanged event.
    /// </summary>
    public int Extent;

    // What it says.

    /// <summary>The members that have a value.</summary>
    public FieldSet Present;

    /// <summary>The members whose value is no longer the one in the JSON text.</summary>
    public FieldSet Changed;

    /// <summary>The strings that have a backslash in them and must be unescaped.</summary>
    public FieldSet Escaped;

    public Slice Host, Service, State, Description, Tags, Meta;
    public double Metric;

    /// <summary>100 ns since the unix epoch: what the event says, otherwise its arrival.</summary>
    public long Time;

    /// <summary>100 ns.</summary>
    public long Ttl;

    // What the engine notes on its way.

    /// <summary>The seeded hash of host and service; 0 before it is known.</summary>
    public ulong Hash;

    public readonly bool Has(FieldSet part) => (Present & part) != 0;

    /// <summary>The slice of a text member; the caller has asked <see cref="Has"/>.</summary>
    public readonly Slice Text(FieldSet part) => part switch
    {
        FieldSet.Host => Host,
        FieldSet.Service => Service,
        FieldSet.State => State,
        FieldSet.Description => Description,
        FieldSet.Tags => Tags,
        _ => Meta,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetText(FieldSet part, Slice slice, bool escaped)
    {
        switch (part)
        {
            case FieldSet.Host: Host = slice; break;
            case FieldSet.Service: Service = slice; break;
            case FieldSet.State: State = slice; break;
            case FieldSet.Description: Description = slice; break;
            case FieldSet.Tags: Tags = slice; break;
            default: Meta = slice; break;
        }
        Present |= part;
        Escaped = escaped ? Escaped | part : Escaped & ~part;
    }
}
