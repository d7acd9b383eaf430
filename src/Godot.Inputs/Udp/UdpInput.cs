using System.Net;
using System.Net.Sockets;
using Godot.Common;
using Godot.Runtime;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Events in datagrams. Nobody can be asked to wait, so one thread does nothing but empty the socket into a bounded queue, and another
/// runs the engine. What the queue or the kernel dropped is counted.
/// </summary>
sealed partial class UdpInput(Port port, Func<EventDecoder>? decoder) : Input(decoder)
{
    // How long the socket must be silent before a stop believes that the kernel holds nothing more.
    const int SilenceMilliseconds = 100;

    // While they come few by few they are left to gather: to be woken for each costs more than to run it.
    const int FewBytes = 16 * 1024, GatherMilliseconds = 1;

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    Port port = port;
    Socket[] sockets = [];
    Backlog backlog = null!;
    DatagramQueue queue = null!;
    KernelDrops[] kernel = [];
    OncePerMinute warning = null!, strangerWarning = null!;
    long queueDropped, kernelTold;

    public override string Name => port.Name;

    public override EndPoint EndPoint => port.EndPoint;

    internal override Allow Allow => port.Allow;

    internal override void LetIn(Allow allow) => port = port with { Allow = allow };

    internal override long Dropped => Counters.Dropped + QueueDropped + KernelDropped;

    /// <summary>Events that found the queue full, as far as can be told of datagrams that nobody reads.</summary>
    public long QueueDropped => Volatile.Read(ref queueDropped);

    /// <summary>Datagrams that found the kernel's buffer full; 0 where it does not tell.</summary>
    public long KernelDropped => kernel.Sum(drops => drops.Read());

    protected internal override void Open()
    {
        InputContext context = Context;
        warning = new OncePerMinute(context.Clock);
        strangerWarning = new OncePerMinute(context.Clock);
        int asked = context.Options.UdpReceiveBufferBytes;
        sockets = port.Bind(SocketType.Dgram, ProtocolType.Udp, socket =>
        {
            socket.ReceiveTimeout = SilenceMilliseconds;
            socket.ReceiveBufferSize = asked;
        });
        port = port with { Number = ((IPEndPoint)sockets[0].LocalEndPoint!).Port };
        kernel = [.. sockets.Select(socket => new KernelDrops(socket))];
        backlog = context.Backlogs.Open(Name);
        queue = new DatagramQueue(context.Options.UdpQueueBytes, backlog);
        int granted = sockets[0].ReceiveBufferSize;
        if (granted < asked) ReceiveBufferIsSmaller(context.Log, Name, asked, granted);
    }

    protected internal override async Task RunAsync(CancellationToken cancellationToken)
    {
        using (Context.Clock.CreateTimer(_ => TellOfKernelDrops(), null, Minute, Minute))
            await Task.WhenAll(ReceiveAsync(), OwnThread.Run(Process)).ConfigureAwait(false);
        TellOfKernelDrops();
        Close();
    }

    protected internal override void Close()
    {
        foreach (Socket socket in sockets) socket.Dispose();
    }

    async Task ReceiveAsync()
    {
        try
        {
            await Task.WhenAll(sockets.Select(socket => OwnThread.Run(() => Receive(socket)))).ConfigureAwait(false);
        }
        finally
        {
            queue.Complete();
        }
    }

    void Receive(Socket socket)
    {
        byte[] datagram = GC.AllocateUninitializedArray<byte>(Port.LongestDatagram);
        // While nothing can be received, nobody is heard.
        using Backlog shut = Context.Backlogs.Open(Name);
        Visitors visitors = new(port, Context.Options.IsThisMachine);
        UdpSenders? senders = port.AsksNobody || port.Allow.IsAnyone ? null : new UdpSenders(socket, visitors, Context.Clock);
        while (!Context.Abandon.IsCancellationRequested)
        {
            int length = senders is null
                ? socket.Receive(datagram, SocketFlags.None, out SocketError error)
                : senders.Receive(datagram, SilenceMilliseconds, out error);
            if (error is SocketError.Success or SocketError.TimedOut or SocketError.WouldBlock) shut.End();
            if (error == SocketError.Success) Take(datagram.AsSpan(0, length), senders);
            else if (Context.Stopping.IsCancellationRequested && error is (SocketError.TimedOut or SocketError.WouldBlock)) break;
            else if (error is not (SocketError.TimedOut or SocketError.WouldBlock))
            {
                shut.Arrived();
                if (warning.Pass()) ReceiveFailed(Context.Log, Name, error);
                // It may last: not a thousand times a millisecond.
                Context.Abandon.WaitHandle.WaitOne(SilenceMilliseconds);
                if (Context.Stopping.IsCancellationRequested) break;
            }
        }
        if (Context.Abandon.IsCancellationRequested) CountLeft(socket, datagram);
    }

    // What the kernel held when the time for reading was over is lost, and counted; not what comes meanwhile from a sender that never
    // pauses.
    void CountLeft(Socket socket, byte[] datagram)
    {
        int most = socket.ReceiveBufferSize;
        for (int length = 0; length < most && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);)
        {
            int count = socket.Receive(datagram, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success) return;
            Drop(datagram.AsSpan(0, count));
            length += count + 1;
        }
    }

    void Take(ReadOnlySpan<byte> datagram, UdpSenders? senders)
    {
        if (senders is null || senders.MaySend) Queue(datagram);
        else
        {
            Counters.CountStranger();
            if (strangerWarning.Pass()) StrangerRefused(Context.Log, Name, senders.Refusal, Counters.Strangers);
        }
    }

    // The kernel counts and says nothing; without this only who looks at the metrics would know.
    void TellOfKernelDrops()
    {
        long now = KernelDropped;
        if (now > kernelTold) KernelHasDropped(Context.Log, Name, now - kernelTold, now);
        kernelTold = now;
    }

    void Queue(ReadOnlySpan<byte> datagram)
    {
        while (!queue.TryWrite(datagram))
        {
            // A stop empties the socket, which holds what has come as well as the queue does: until there is no time left nothing need be
            // dropped.
            if (Context.Stopping.IsCancellationRequested && !Context.Abandon.WaitHandle.WaitOne(GatherMilliseconds)) continue;
            Drop(datagram);
            return;
        }
    }

    void Drop(ReadOnlySpan<byte> datagram)
    {
        Interlocked.Add(ref queueDropped, Format.EventsIn(datagram));
        if (warning.Pass()) QueueIsFull(Context.Log, Name, QueueDropped);
    }

    void Process()
    {
        using (backlog) Process(backlog);
    }

    void Process(Backlog backlog)
    {
        SlotFeed feed = new(this);
        feed.Enter(Context.ReaderSlots.New());
        ReadOnlySpan<int> datagrams;
        while (!(datagrams = queue.Read(feed.FreeForDatagrams.Span)).IsEmpty)
        {
            int bytes = feed.Take(datagrams);
            backlog.Done();
            if (bytes < FewBytes) Context.Stopping.WaitHandle.WaitOne(GatherMilliseconds);
        }
    }

    [LoggerMessage(LogLevel.Information,
        "{Input} asked for a receive buffer of {Asked} bytes and got {Granted}; net.core.rmem_max allows no more")]
    static partial void ReceiveBufferIsSmaller(ILogger log, string input, int asked, int granted);

    [LoggerMessage(LogLevel.Warning, "{Input} drops events because the reactors are slower than the senders; {Count} so far")]
    static partial void QueueIsFull(ILogger log, string input, long count);

    [LoggerMessage(LogLevel.Warning,
        "{Input}: the kernel dropped {Count} datagrams because its receive buffer was full, {Total} so far; larger UdpReceiveBufferBytes "
            + "and net.core.rmem_max hold more")]
    static partial void KernelHasDropped(ILogger log, string input, long count, long total);

    [LoggerMessage(LogLevel.Warning, "{Input} dropped a datagram: {Told} {Count} so far")]
    static partial void StrangerRefused(ILogger log, string input, string told, long count);

    [LoggerMessage(LogLevel.Warning, "{Input} could not receive: {Error}")]
    static partial void ReceiveFailed(ILogger log, string input, SocketError error);
}
