using Godot.Events;

namespace Godot;

/// <summary>
/// Turns the bytes of streams and of datagrams into events. A format of your own is a <see cref="MessageDecoder"/>; JSON lines are what a
/// port reads where nothing is said.
/// </summary>
/// <remarks>
/// One decoder serves many connections, one after the other: what has come of a stream's last message stays with the stream while others
/// use the decoder. It is owned by one thread at a time.
/// </remarks>
public abstract class EventDecoder
{
    private protected const int Busy = 128 * 1024;

    // Bytes from `start` to `end` are not read yet. Behind the room for bytes is some for looking ahead.
    private protected byte[] buffer = new byte[JsonScanner.Padding];
    private protected int start, end;

    // No more bytes will come.
    private protected bool completed;

    // What came of the first message before it was resumed. Its place is kept, but it is copied there only when it is needed.
    private protected PartialLine? earlier;

    private protected readonly Rejects rejects, incomplete;

    // The last read filled all that was free: more is waiting.
    bool filled;
    int room;

    private protected EventDecoder(WireLimits limits, int room, params ReadOnlySpan<string> reasons)
    {
        (Limits, this.room) = (limits, room);
        Reasons = [.. RejectReasons.Names, .. reasons];
        (rejects, incomplete) = (new Rejects(Reasons.Count), new Rejects(Reasons.Count));
    }

    /// <summary>
    /// Why it rejects what is not an event, as metrics and logs name it: for reasons that all decoders have, then for its own.
    /// </summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>How much a message and an event may be; given before the first bytes are.</summary>
    internal WireLimits Limits { get; set; }

    /// <summary>
    /// The stream has ended: at a line of another protocol, or where nothing says any more at which byte a message begins.
    /// </summary>
    internal bool Ended { get; private protected set; }

    /// <summary>Well-formed events so far.</summary>
    internal long Accepted { get; private set; }

    /// <summary>Rejects so far, by their place in <see cref="Reasons"/>.</summary>
    internal long[] Rejected => rejects.Counts;

    /// <summary>
    /// Of the accepted events, those that are kept without a member, by the place of the reason in <see cref="Reasons"/>.
    /// </summary>
    internal long[] Incomplete => incomplete.Counts;

    /// <summary>The beginning of what was last rejected for this reason, at most 200 bytes, for the log; empty if nothing was.</summary>
    internal ReadOnlySpan<byte> Sample(RejectReason reason) => rejects.Sample(reason);

    /// <summary>The beginning of the last event that was kept without a member, as <see cref="Sample"/>.</summary>
    internal ReadOnlySpan<byte> IncompleteSample(RejectReason reason) => incomplete.Sample(reason);

    /// <summary>Where to put the next bytes; never empty.</summary>
    internal Memory<byte> Free
    {
        get
        {
            if (start == end)
            {
                Moved(start);
                start = end = 0;
            }
            if (Room - end <= Room / 4 || (filled && Room < Busy) || Room < room) MakeRoom();
            return buffer.AsMemory(end, Room - end);
        }
    }

    /// <summary>
    /// Where to put the next datagrams, once nothing is left unread: room for the longest one, and for many ordinary ones.
    /// </summary>
    internal Memory<byte> FreeForDatagrams
    {
        get
        {
            room = Math.Max(room, Busy);
            return Free;
        }
    }

    /// <summary>So many bytes of a stream were put into <see cref="Free"/>.</summary>
    internal void Received(int count)
    {
        end += count;
        filled = end == Room;
    }

    /// <summary>Datagrams of these lengths were put into <see cref="FreeForDatagrams"/>, with one byte to spare behind each.</summary>
    internal abstract void Received(ReadOnlySpan<int> datagrams);

    /// <summary>
    /// No more bytes will come: what is left is a whole message, or the rest of one is missing. After it was read, the decoder may be
    /// filled again.
    /// </summary>
    internal void Complete() => completed = true;

    /// <summary>Goes on with a stream whose last message is not complete, if nothing is left unread of another.</summary>
    internal virtual void Resume(PartialLine line)
    {
        (start, end) = (0, line.Length);
        (completed, Ended) = (false, false);
        earlier = line.Length > 0 ? line : null;
        if (end > Room) MakeRoom();
    }

    /// <summary>
    /// Leaves a stream, once <see cref="Read"/> has returned false: what there is of its last message goes where it was resumed from.
    /// </summary>
    internal virtual void Suspend(PartialLine line)
    {
        line.Append(buffer.AsSpan((start + line.Length)..end));
        (start, end) = (0, 0);
        earlier = null;
    }

    /// <summary>
    /// Clears the block and fills it with the next events, about <paramref name="atMost"/> of them (a message is not divided). The block's
    /// bytes are valid until the next call of <see cref="Free"/>. False: there was nothing left to read, and the block is empty.
    /// </summary>
    /// <param name="block">What to fill.</param>
    /// <param name="arrival">100 ns since the unix epoch: the time of an event that says none.</param>
    /// <param name="atMost">How many events.</param>
    internal bool Read(Block block, long arrival, int atMost = 256)
    {
        Fill(block, arrival, atMost);
        Accepted += block.Count;
        return block.Count > 0;
    }

    /// <summary>How many events a datagram that is dropped unread was, as far as that can be told without reading it.</summary>
    internal virtual int EventsIn(ReadOnlySpan<byte> datagram) => 1;

    private protected abstract void Fill(Block block, long arrival, int atMost);

    /// <summary>What is not read yet stands so many bytes nearer to the beginning of the buffer, which may be another one.</summary>
    private protected abstract void Moved(int by);

    /// <summary>Copies what came earlier to its place.</summary>
    private protected void Bring(PartialLine line)
    {
        line.Bytes.CopyTo(buffer);
        line.Clear();
        earlier = null;
    }

    // Moves what is not read yet to the front, and where that alone would soon have to be done again, into a buffer twice as large.
    void MakeRoom()
    {
        int kept = end - start, elsewhere = earlier?.Length ?? 0;
        byte[] target = buffer;
        if (kept >= Room / 2 || (filled && Room < Busy) || Room < room)
            target = new byte[Math.Clamp(Math.Max(Room, kept) * 2L, room, Math.Max(room + kept, Largest)) + JsonScanner.Padding];
        if (elsewhere < kept) buffer.AsSpan((start + elsewhere)..end).CopyTo(target.AsSpan(elsewhere));
        Moved(start);
        (buffer, end, start) = (target, kept, 0);
        filled = false;
    }

    // A line that is not too long, and as much again, so that moving it costs less than receiving it did.
    long Largest => Math.Min(Math.Max(2 * (Limits.LineLength + 1L), Busy), Array.MaxLength - JsonScanner.Padding);

    int Room => buffer.Length - JsonScanner.Padding;
}
