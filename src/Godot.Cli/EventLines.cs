using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Godot.Events;

namespace Godot;

/// <summary>JSON lines from a stream, read as a server reads them, each line as soon as it is there.</summary>
sealed class EventLines
{
    readonly Rejects rejects = new();
    readonly EventReader reader;
    readonly Block block = new();
    readonly Action<long, string> bad;

    /// <param name="bad">Told what a strict server would reject: the number of the line, and why.</param>
    public EventLines(Action<long, string> bad)
    {
        // Who sends is there to put it right.
        reader = new(WireLimits.Default with { Strict = true }, rejects);
        this.bad = bad;
    }

    /// <summary>The events of each line in turn; an event that says no time has none yet.</summary>
    public async IAsyncEnumerable<Event> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken stop)
    {
        PipeReader pipe = PipeReader.Create(stream, new(leaveOpen: true));
        bool skipping = false;
        for (long number = 1; ;)
        {
            ReadResult read = await pipe.ReadAsync(stop);
            ReadOnlySequence<byte> unread = read.Buffer;
            while (TryTakeLine(ref unread, read.IsCompleted, out ReadOnlySequence<byte> line))
            {
                if (!skipping) foreach (Event e in Parse(line, number)) yield return e;
                skipping = false;
                number++;
            }
            if (unread.Length > WireLimits.Default.LineLength)
            {
                if (!skipping) bad(number, Text(RejectReason.TooLong));
                skipping = true;
                unread = unread.Slice(unread.End);
            }
            pipe.AdvanceTo(unread.Start, unread.End);
            if (read.IsCompleted) break;
        }
    }

    // The last line needs no newline.
    static bool TryTakeLine(ref ReadOnlySequence<byte> unread, bool completed, out ReadOnlySequence<byte> line)
    {
        line = unread;
        if (unread.PositionOf((byte)'\n') is { } newline)
        {
            line = unread.Slice(0, newline);
            unread = unread.Slice(unread.GetPosition(1, newline));
            return true;
        }
        if (!completed || unread.IsEmpty) return false;
        unread = unread.Slice(unread.End);
        return true;
    }

    IEnumerable<Event> Parse(ReadOnlySequence<byte> line, long number)
    {
        byte[] bytes = line.ToArray();
        long[] before = [.. rejects.Counts];
        block.Clear();
        if (bytes.Length > WireLimits.Default.LineLength) rejects.Add(RejectReason.TooLong, bytes);
        else reader.Read(block, bytes, WireTime.NotArrived);

        for (int reason = 0; reason < before.Length; reason++)
            for (long i = before[reason]; i < rejects.Counts[reason]; i++) bad(number, Text((RejectReason)reason));
        return [.. Enumerable.Range(0, block.Count).Select(i => block[i].ToEvent())];
    }

    static string Text(RejectReason reason) => reason.Name().Replace('_', ' ');
}
