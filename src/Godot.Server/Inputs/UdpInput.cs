using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// JSON lines in datagrams. Nobody can be asked to wait, so one thread does nothing but empty the socket into a bounded queue, and another runs the engine.
/// What the queue or the kernel dropped is counted.
/// </summary>
sealed partial class UdpInput(IPEndPoint endPoint) : Input
{
    // How long the socket must be silent before a stop believes that the kernel holds nothing more.
    const int SilenceMilliseconds = 100;

    // While they come few by few they are left to gather: to be woken for each costs more than to run it.
    const int FewBytes = 16 * 1024, GatherMilliseconds = 1;

    IPEndPoint endPoint = endPoint;
    InputContext context = null!;
    Socket? socket;
    Backlog backlog = null!;
    DatagramQueue queue = null!;
    KernelDrops? kernel;
    OncePerMinute warning = null!;
    long queueDropped;

    public override string Name => BindAddress.Name("udp", endPoint);

    public override EndPoint EndPoint => endPoint;

    public override long Dropped => Counters.Dropped + QueueDropped + KernelDropped;

    /// <summary>Lines that found the queue full.</summary>
    public long QueueDropped => Volatile.Read(ref queueDropped);

    /// <summary>Datagrams that found the kernel's buffer full; 0 where it does not tell.</summary>
    public long KernelDropped => kernel?.Read() ?? 0;

    public override void Bind(InputContext context)
    {
        this.context = context;
        warning = new OncePerMinute(context.Clock);
        try
        {
            socket = BindAddress.NewSocket(endPoint, SocketType.Dgram, ProtocolType.Udp);
            socket.ReceiveTimeout = SilenceMilliseconds;
            socket.ReceiveBufferSize = context.Options.UdpReceiveBufferBytes;
            socket.Bind(endPoint);
            endPoint = (IPEndPoint)socket.LocalEndPoint!;
            kernel = new KernelDrops(socket);
            backlog = context.Backlogs.Open(Name);
            queue = new DatagramQueue(context.Options.UdpQueueBytes, backlog);
        }
        catch (SocketException e)
        {
            Dispose();
            throw BindAddress.Refusal("udp", endPoint, e);
        }
        int granted = socket.ReceiveBufferSize;
        int asked = context.Options.UdpReceiveBufferBytes;
        if (granted < asked) ReceiveBufferIsSmaller(context.Log, Name, asked, granted);
    }

    public override async Task RunAsync()
    {
        await Task.WhenAll(OwnThread.Run(Receive), OwnThread.Run(Process)).ConfigureAwait(false);
        kernel?.Read();
        Dispose();
    }

    public override void Dispose() => socket?.Dispose();

    void Receive()
    {
        byte[] datagram = GC.AllocateUninitializedArray<byte>(DatagramQueue.LongestDatagram);
        while (!context.Abandon.IsCancellationRequested)
        {
            int length = socket!.Receive(datagram, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success) Queue(datagram.AsSpan(0, length));
            else if (context.Stopping.IsCancellationRequested) break;
            else if (error is not (SocketError.TimedOut or SocketError.WouldBlock))
            {
                if (warning.Pass()) ReceiveFailed(context.Log, Name, error);
                // It may last: not a thousand times a millisecond.
                context.Stopping.WaitHandle.WaitOne(SilenceMilliseconds);
            }
        }
        queue.Complete();
    }

    void Queue(ReadOnlySpan<byte> datagram)
    {
        if (queue.TryWrite(datagram)) return;
        int lines = datagram.Count((byte)'\n') + (datagram is [.., (byte)'\n'] ? 0 : 1);
        Interlocked.Add(ref queueDropped, lines);
        if (warning.Pass()) QueueIsFull(context.Log, Name, QueueDropped);
    }

    void Process()
    {
        using (backlog) Process(backlog);
    }

    void Process(Backlog backlog)
    {
        EventFeed feed = new(context, Counters, new RejectLog(this, context.Log, context.Clock));
        feed.Enter(context.Turns.New());
        int count;
        while ((count = queue.Read(feed.Free.Span)) > 0)
        {
            feed.Take(count);
            backlog.Done();
            if (count < FewBytes) context.Stopping.WaitHandle.WaitOne(GatherMilliseconds);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Input} asked for a receive buffer of {Asked} bytes and got {Granted}; net.core.rmem_max allows no more")]
    static partial void ReceiveBufferIsSmaller(ILogger log, string input, int asked, int granted);

    [LoggerMessage(LogLevel.Warning, "{Input} drops events because the reactors are slower than the senders; {Count} so far")]
    static partial void QueueIsFull(ILogger log, string input, long count);

    [LoggerMessage(LogLevel.Warning, "{Input} could not receive: {Error}")]
    static partial void ReceiveFailed(ILogger log, string input, SocketError error);
}
