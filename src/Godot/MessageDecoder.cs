using System.Text;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>
/// A format of your own: it reads one message after the other, and a <see cref="EventBuilder"/> makes events of what they say.
/// </summary>
/// <remarks>
/// The same decoder reads streams and datagrams. One serves many connections, one after the other, so it keeps nothing of a stream in its
/// fields. A message longer than a server's longest line is rejected, and ends its stream; so does an exception.
/// </remarks>
public abstract class MessageDecoder : EventDecoder
{
    const int FirstRoom = 4 * 1024;

    // Of the datagrams that are being read, those that are left; `until` is where the one that was begun ends.
    readonly List<int> datagrams = [];
    int datagram, until;

    // The stream ends if it begins like HTTP.
    bool atBeginning;

    EventBuilder? events;

    /// <param name="reasons">Its own reasons for rejecting a message, in the style of <c>not_json</c>.</param>
    /// <exception cref="ArgumentException">One is not of small letters, digits and underscores, or is there already.</exception>
    protected MessageDecoder(params ReadOnlySpan<string> reasons) : base(WireLimits.Default, FirstRoom, reasons)
    {
        foreach (string reason in reasons)
        {
            RecipeRules.NotEmpty(reason, "A reason", nameof(reasons));
            if (!reason.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') || Reasons.Count(r => r == reason) > 1)
                throw new ArgumentException(
                    $"\"{reason}\" must be of small letters, digits and underscores, and different from all other reasons.",
                    nameof(reasons));
        }
    }

    /// <summary>Reads the message that stands at the beginning of these bytes; others may follow it.</summary>
    /// <param name="bytes">
    /// Of a datagram, all that it holds and that is not read yet. Of a stream, what has come; valid until this returns.
    /// </param>
    /// <param name="isLast">No more bytes will come: the datagram, or the stream, ends with these.</param>
    /// <param name="events">
    /// Takes the message's events. What was not added when this returns is forgotten.
    /// </param>
    /// <returns>
    /// How many bytes the message took; 0 if its end has not come. It is called again then with the same bytes and those that came
    /// meanwhile; if there are none to come, they are rejected as <c>cut</c>.
    /// </returns>
    protected abstract int Decode(ReadOnlySpan<byte> bytes, bool isLast, EventBuilder events);

    internal override void Resume(PartialLine line)
    {
        base.Resume(line);
        atBeginning = line is { EndsAtOtherProtocol: true, Begun: false };
    }

    internal override void Suspend(PartialLine line)
    {
        base.Suspend(line);
        line.Begun = !atBeginning;
    }

    internal override void Received(ReadOnlySpan<int> datagrams)
    {
        this.datagrams.Clear();
        this.datagrams.AddRange(datagrams);
        (datagram, until) = (0, start);
        foreach (int length in datagrams) end += length + 1;
    }

    private protected override void Moved(int by)
    {
    }

    private protected override void Fill(Block block, long arrival, int atMost)
    {
        events ??= new EventBuilder(Limits, Reasons, rejects, incomplete);
        block.Clear();
        events.Fill(block, arrival);
        if (datagrams.Count > 0) ReadDatagrams(events, atMost);
        else if (start < end) ReadStream(events, atMost);
        if (start == end) completed = false;
    }

    void ReadDatagrams(EventBuilder events, int atMost)
    {
        while (events.Count < atMost)
        {
            if (start == until)
            {
                if (datagram > 0) start++;
                if (datagram == datagrams.Count) break;
                until = start + datagrams[datagram++];
            }
            else if (!ReadMessage(until, isLast: true, events))
            {
                start = until;
            }
        }
        if (datagram == datagrams.Count && start == end) datagrams.Clear();
    }

    void ReadStream(EventBuilder events, int atMost)
    {
        if (earlier is { } line) Bring(line);
        if (atBeginning && OtherProtocol.Begins(buffer.AsSpan(start..end)))
        {
            rejects.Add(RejectReason.OtherProtocol, buffer.AsSpan(start..end));
            EndStream();
        }
        atBeginning = false;
        while (start < end && events.Count < atMost)
        {
            int before = start;
            if (!ReadMessage(end, completed, events)) EndStream();
            else if (start == before) break;
        }
    }

    void EndStream()
    {
        start = end;
        Ended = true;
    }

    /// <summary>Moves on by a message; by none if its end has not come. False: the rest cannot be read.</summary>
    bool ReadMessage(int until, bool isLast, EventBuilder events)
    {
        ReadOnlySpan<byte> bytes = buffer.AsSpan(start..until);
        int taken;
        events.Begin();
        try
        {
            taken = Decode(bytes, isLast, events);
            if ((uint)taken > bytes.Length) throw new InvalidOperationException($"Of {bytes.Length} bytes, the decoder took {taken}.");
        }
        catch (Exception e)
        {
            // A user's code: whatever it threw, it loses its message, and nothing else.
            rejects.Add(RejectReason.DecoderFailed, Encoding.UTF8.GetBytes($"{e.GetType().Name}: {Thrown.MessageOf(e)}"));
            return false;
        }
        start += taken;
        if (events.IsLost) return false;
        if (taken > 0) return true;
        if (!isLast && bytes.Length <= Limits.LineLength) return true;
        rejects.Add(isLast ? RejectReason.Cut : RejectReason.TooLong, bytes);
        return false;
    }
}
