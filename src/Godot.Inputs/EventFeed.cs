using Godot.Events;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// An input's way into the engine: what is handed to it has gone through every reactor when its call completes. So whoever awaits each call
/// before it reads on keeps its sender waiting while reactors are busy, and nothing is kept in memory. Made by
/// <see cref="Input.OpenFeed"/>.
/// </summary>
/// <remarks>
/// One call at a time; an input with several streams opens a feed for each. It keeps the beginning of a message and no more.
/// </remarks>
public sealed class EventFeed : IAsyncDisposable
{
    const int MostAtOnce = 256, ReadBytes = 16 * 1024;

    readonly Input input;
    readonly InputContext context;
    readonly SlotFeed feed;
    readonly Backlog backlog;
    int calls;

    // Nothing more of this stream can be read.
    volatile bool ended;
    bool disposed;

    internal EventFeed(Input input)
    {
        (this.input, context) = (input, input.Context);
        feed = new SlotFeed(input, () => ended = true);
        backlog = context.Backlogs.Open(input.Name);
        context.Unfinished.Add(feed);
    }

    /// <summary>
    /// Hands in bytes as they came, decoded by the input's decoder; a message may come in any number of pieces. A datagram is a stream with
    /// <paramref name="isLast"/>.
    /// </summary>
    /// <param name="bytes">Not looked at any more when this completes.</param>
    /// <param name="isLast">The stream ends with these; what follows is another one.</param>
    /// <returns>
    /// False: nothing more of this stream can be read, because of another protocol, a message that is too long, or a decoder that lost its
    /// place. That is counted and logged; what comes up to its end is ignored.
    /// </returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, bool isLast = false)
    {
        using Call _ = new(this);
        while (!ended && bytes.Length > 0)
        {
            using SlotUse use = await UseAsync().ConfigureAwait(false);
            feed.Enter(use.Slot);
            Memory<byte> free = feed.Free;
            int count = Math.Min(free.Length, bytes.Length);
            bytes.Span[..count].CopyTo(free.Span);
            feed.Take(count);
            ended |= feed.Ended;
            feed.Leave();
            bytes = bytes[count..];
        }
        bool open = !ended;
        if (isLast) await EndAsync(cut: false).ConfigureAwait(false);
        return open;
    }

    /// <summary>Reads a stream to its end, such as a file, a pipe or a connection; every event goes through the reactors.</summary>
    /// <param name="stream">It is not closed.</param>
    /// <param name="cancellationToken">Reads no more; the beginning of a message is rejected then, as where the stream throws.</param>
    /// <returns>As <see cref="WriteAsync"/>.</returns>
    public async Task<bool> ReadAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] buffer = new byte[ReadBytes];
        bool whole = false;
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                if (!await WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false)) return false;
            }
            return whole = true;
        }
        finally
        {
            using Call _ = new(this);
            await EndAsync(cut: !whole).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Hands in events, past the decoder. One without a time has that of its arrival; one whose host or service is longer than
    /// <see cref="EngineOptions.MaxNameLength"/>, or whose service begins with <c>godot/</c>, is rejected and counted.
    /// </summary>
    public async ValueTask SendAsync(params IReadOnlyList<Event> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        using Call _ = new(this);
        for (int next = 0; next < events.Count;)
        {
            using SlotUse use = await UseAsync().ConfigureAwait(false);
            feed.Enter(use.Slot);
            next = feed.Take(events, next, MostAtOnce);
            feed.Leave();
        }
    }

    /// <summary>Ends the feed; the beginning of a message whose end has not come is rejected.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        using (new Call(this))
        {
            await EndAsync(cut: true).ConfigureAwait(false);
            disposed = true;
        }
        feed.Close();
        backlog.Dispose();
    }

    async ValueTask EndAsync(bool cut)
    {
        if (feed.IsBegun)
        {
            using SlotUse use = await UseAsync().ConfigureAwait(false);
            feed.Enter(use.Slot);
            feed.End(cut);
            feed.Leave();
        }
        feed.Restart();
        ended = false;
    }

    async ValueTask<SlotUse> UseAsync() =>
        new(context.ReaderSlots, await context.ReaderSlots.TakeAsync().ConfigureAwait(false));

    // A slot is held while bytes go through the engine, and never while more of them are waited for.
    readonly record struct SlotUse(ReaderSlots All, ReaderSlot Slot) : IDisposable
    {
        public void Dispose() => All.GiveBack(Slot);
    }

    // What waits for its turn, or for a reactor, is a backlog: while it is long, nobody's silence is judged.
    readonly struct Call : IDisposable
    {
        readonly EventFeed feed;

        public Call(EventFeed feed)
        {
            this.feed = feed;
            ObjectDisposedException.ThrowIf(feed.disposed, feed);
            if (Interlocked.Exchange(ref feed.calls, 1) != 0)
                throw new InvalidOperationException(
                    $"A feed of {feed.input.Name} takes one call at a time: await it, or open another feed.");
            feed.backlog.Arrived();
        }

        public void Dispose()
        {
            feed.backlog.Done();
            feed.backlog.Clear();
            Volatile.Write(ref feed.calls, 0);
        }
    }
}
