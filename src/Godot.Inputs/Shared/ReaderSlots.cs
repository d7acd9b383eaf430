using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Godot.Events;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// The ways into the engine. Stream connections take slots, as many at once as there are processors: so that however many are kept
/// waiting by a slow reactor, the thread pool is free for the others, for HTTP and for the stop, and none comes twice before another once.
/// While no more connections are busy than there are processors, each of those may keep a slot.
/// </summary>
sealed class ReaderSlots
{
    readonly Engine engine;
    readonly WireLimits limits;
    readonly TimeProvider clock;
    readonly Channel<ReaderSlot> free = Channel.CreateUnbounded<ReaderSlot>(), toKeep = Channel.CreateUnbounded<ReaderSlot>();
    readonly ConcurrentBag<ReaderSlot> all = [];
    long crowdedUntil = long.MinValue;

    public ReaderSlots(Engine engine, InputOptions options)
    {
        (this.engine, limits, clock) = (engine, options.Limits, options.Clock);
        for (int i = 0; i < Math.Max(2, Environment.ProcessorCount); i++)
        {
            GiveBack(New());
            EndKeeping(New());
        }
    }

    /// <summary>What waits before the engine.</summary>
    public Backlogs Backlogs => engine.Backlogs;

    public ValueTask<ReaderSlot> TakeAsync() => free.Reader.ReadAsync();

    public void GiveBack(ReaderSlot slot) => free.Writer.TryWrite(slot);

    /// <summary>
    /// A slot to keep for as long as the connection is busy and it is not <see cref="Crowded"/>. False: it must take slots with the others.
    /// </summary>
    public bool TryKeep([NotNullWhen(true)] out ReaderSlot? slot)
    {
        slot = null;
        if (Crowded) return false;
        if (toKeep.Reader.TryRead(out slot)) return true;
        Volatile.Write(ref crowdedUntil, clock.GetTimestamp() + clock.TimestampFrequency);
        return false;
    }

    /// <summary>
    /// Less than a second ago, a busy connection found no slot to keep. Those that keep one give it back then: they would be served better
    /// than the others.
    /// </summary>
    public bool Crowded => clock.GetTimestamp() < Volatile.Read(ref crowdedUntil);

    public void EndKeeping(ReaderSlot slot) => toKeep.Writer.TryWrite(slot);

    /// <summary>A slot for a thread of its own, beside the others.</summary>
    public ReaderSlot New()
    {
        ReaderSlot slot = new(engine.OpenIntake(), limits, clock);
        all.Add(slot);
        return slot;
    }

    /// <summary>How long the oldest block that is in the engine has been there; zero if there is none.</summary>
    public TimeSpan Longest => all.Select(t => t.Busy).DefaultIfEmpty().Max();
}

/// <summary>
/// One way into the engine, with the decoders whose buffers are received into, one for each format, and the block that goes through it: as
/// many of these as processors read, not as connections are open.
/// </summary>
sealed class ReaderSlot(Intake intake, WireLimits limits, TimeProvider clock)
{
    readonly Dictionary<Func<EventDecoder>, EventDecoder> decoders = new(ReferenceEqualityComparer.Instance);
    long since;

    public Block Block { get; } = new();

    /// <summary>The slot's own decoder of a format.</summary>
    public EventDecoder DecoderOf(Func<EventDecoder> format)
    {
        if (decoders.TryGetValue(format, out EventDecoder? known)) return known;
        EventDecoder made = format();
        made.Limits = limits;
        return decoders[format] = made;
    }

    /// <summary>Runs the block; returns how many of its events were dropped.</summary>
    public int Run()
    {
        Volatile.Write(ref since, clock.GetTimestamp());
        try
        {
            return intake.Run(Block);
        }
        finally
        {
            Volatile.Write(ref since, 0);
        }
    }

    /// <summary>How long the block has been in the engine; zero if it is not.</summary>
    public TimeSpan Busy => Volatile.Read(ref since) is var start and not 0 ? clock.GetElapsedTime(start) : TimeSpan.Zero;
}
