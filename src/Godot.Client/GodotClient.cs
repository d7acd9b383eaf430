using System.Text;
using Godot.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>
/// Sends events to a Godot server: by hand with <see cref="SendAsync(Event, CancellationToken)"/>, or on a schedule with
/// <see cref="Produce"/>. Connects when it is first used, and again whenever the connection breaks, for ever unless told otherwise.
/// </summary>
/// <remarks>
/// <para>
/// Events wait in a buffer of bounded size (<see cref="GodotClientOptions.BufferSize"/>) until one task writes them: an idle client at
/// once, a busy one as many as fit into 64 KiB at a time. What happens while the buffer is full, <see cref="GodotClientOptions.WhenFull"/>
/// says: unless told otherwise a send waits 100 ms at most and then drops its event, so that a server that hangs or is gone does not stop
/// the program. What was dropped is counted in <see cref="Dropped"/>, and a warning is logged once a minute.
/// </para>
/// <para>
/// What was not wholly written when a connection broke is written again over the next one: some of it may arrive twice, all of it
/// in whole lines. What the operating system had accepted may be lost with the connection, without a trace: there are no acknowledgements.
/// </para>
/// <para>
/// A TCP server that does not let this client in says so in a line and closes. What was written over that connection is lost, and counted.
/// From then on nothing is written over a connection that has not stood for a second: events wait, as while the server is down. A client
/// that ends within a second after it connected waits for such a line, until the server has closed too, a second or
/// <see cref="GodotClientOptions.FlushTimeout"/> at most.
/// </para>
/// <para>All members may be used from several threads at once.</para>
/// </remarks>
public sealed partial class GodotClient : IAsyncDisposable
{
    readonly GodotClientOptions options;
    readonly ILogger log;
    readonly Transport transport;
    readonly SendBuffer buffer;
    readonly Uplink uplink;
    readonly OncePerMinute dropLog;

    // What an event without a host begins with.
    readonly byte[] host;
    readonly CancellationTokenSource stop = new();
    readonly CancellationToken stopped;
    long producerErrors, reportedDrops;

    // Changed under the lock.
    readonly Lock gate = new();
    readonly Dictionary<Producer, ProducerRun?> producers = [];
    Task running = Task.CompletedTask;
    volatile bool started;
    bool disposed;

    internal GodotClient(Transport transport, GodotClientOptions options)
    {
        this.transport = transport;
        this.options = options;
        log = options.LoggerFactory.CreateLogger<GodotClient>();
        dropLog = new(options.TimeProvider);
        buffer = new(options.BufferSize, options.WhenFull, ReportDrops);
        host = options.Host is { } name ? Encoding.UTF8.GetBytes(new Event { Host = name }.ToString()[..^1]) : [];
        uplink = new(transport, buffer, options, Tell);
        stopped = stop.Token;
    }

    /// <summary>A client of a TCP server. If its name has several addresses, each is tried at each attempt.</summary>
    /// <param name="host">A name, or an IPv4 or IPv6 address.</param>
    /// <param name="port">1 to 65,535.</param>
    /// <exception cref="ArgumentException">The host is empty, or the port out of range.</exception>
    public static GodotClient Tcp(string host, int port, GodotClientOptions? options = null)
    {
        CheckAddress(host, port);
        options ??= new();
        return new(new TcpTransport(host, port, options), options);
    }

    /// <summary>
    /// A client of a UDP server: one event a datagram, unless <see cref="GodotClientOptions.PackDatagrams"/> is set. Datagrams can be lost
    /// unnoticed; an event of more than 65,507 bytes is dropped and counted.
    /// </summary>
    /// <param name="host">A name, or an IPv4 or IPv6 address.</param>
    /// <param name="port">1 to 65,535.</param>
    /// <exception cref="ArgumentException">The host is empty, or the port out of range.</exception>
    public static GodotClient Udp(string host, int port, GodotClientOptions? options = null)
    {
        CheckAddress(host, port);
        options ??= new();
        return new(new UdpTransport(host, port, options), options);
    }

    /// <summary>A client of a server at a unix stream socket.</summary>
    /// <param name="path">The socket's file.</param>
    /// <exception cref="ArgumentException">The path is empty, or longer than the system allows (107 bytes on Linux).</exception>
    public static GodotClient Unix(string path, GodotClientOptions? options = null)
    {
        RecipeRules.NotEmpty(path, "The socket's path", nameof(path));
        options ??= new();
        return new(new UnixTransport(path, options), options);
    }

    /// <summary>
    /// Raised for the beginning and the end of each attempt to connect, and when a connection breaks; one at a time, in order. The client
    /// goes on when the handlers have returned, so they should be quick; what they throw is logged.
    /// </summary>
    public event EventHandler<ConnectionChange>? ConnectionChanged;

    /// <summary>Whether there is a connection now. It may be broken already, unnoticed.</summary>
    public bool IsConnected => uplink.IsConnected;

    /// <summary>
    /// How many events were handed to the operating system. Becomes less when a server that does not let this client in says so: what was
    /// written over that connection then counts as <see cref="Dropped"/>.
    /// </summary>
    public long Sent => buffer.Sent;

    /// <summary>
    /// How many events were never written, or to a server that did not let this client in and read nothing: there was no room for them in
    /// the buffer (see <see cref="GodotClientOptions.WhenFull"/>), they were too large for a datagram, or were left over when the client
    /// ended.
    /// </summary>
    public long Dropped => buffer.Dropped;

    /// <summary>How many events wait to be written.</summary>
    public long Pending => buffer.Pending;

    /// <summary>How many connections were made after the first.</summary>
    public long Reconnects => uplink.Reconnects;

    /// <summary>
    /// How often a UDP datagram was answered with "nobody listens" (ICMP). At least as many events were lost; they count as sent.
    /// </summary>
    public long Refused => transport.Refused;

    /// <summary>How many ticks of producers were lost because their function threw.</summary>
    public long ProducerErrors => Volatile.Read(ref producerErrors);

    /// <summary>
    /// Adds a producer. It sends its first event when the client starts, at once if it is running, and then one at each interval.
    /// </summary>
    /// <remarks>A producer that is there already is left as it is.</remarks>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public GodotClient Produce(Producer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (!producers.ContainsKey(producer)) producers[producer] = started ? Run(producer) : null;
        }
        return this;
    }

    /// <summary>Removes a producer, if it is there. An event that it is just making may still be sent.</summary>
    public GodotClient Remove(Producer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        lock (gate)
            if (producers.Remove(producer, out ProducerRun? run)) run?.Dispose();
        return this;
    }

    /// <summary>
    /// Begins to connect, and starts the producers. Completes when the client is connected, however many attempts that takes. Need
    /// not be called: sending starts the client, too.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; the client goes on.</param>
    /// <exception cref="IOException">The client has given up (<see cref="GodotClientOptions.MaxAttempts"/>).</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Start();
        await uplink.Settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        buffer.ThrowIfClosed();
    }

    /// <summary>
    /// Runs the producers until it is cancelled, or the process is told to end (Ctrl-C, SIGTERM); then writes what is left, for
    /// <see cref="GodotClientOptions.FlushTimeout"/> at most, and disposes the client.
    /// </summary>
    /// <remarks>
    /// Returns normally in each of these cases. A second Ctrl-C or SIGTERM ends the process, if it comes more than a second after the
    /// first. If there are no loggers, and no handler of <see cref="ConnectionChanged"/>, it says on the standard error output when the
    /// connection comes and goes, and what was not sent.
    /// </remarks>
    /// <exception cref="IOException">The client has given up (<see cref="GodotClientOptions.MaxAttempts"/>).</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using StopSignal signal = new(TimeProvider.System);
        using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(_ => end.TrySetResult(), null);
        bool silent = options.LoggerFactory == NullLoggerFactory.Instance && ConnectionChanged is null;
        // Whoever does not read it must not hold the connection up, nor the end.
        BackgroundWriter error = BackgroundWriter.Of(Console.Error);
        if (silent) ConnectionChanged += new ConnectionTalk(transport.ToString()!, error, error).Say;
        Start();
        await using (this.ConfigureAwait(false))
        {
            await Task.WhenAny(end.Task, signal.WaitAsync(), running).ConfigureAwait(false);
            buffer.ThrowIfClosed();
        }
        if (silent && Dropped > 0) error.WriteLine($"Not sent: {Dropped} events.");
    }

    /// <summary>
    /// Sends an event: completes when it is in the buffer, at once and without allocation unless the buffer is full; then, unless
    /// <see cref="GodotClientOptions.WhenFull"/> says otherwise, after 100 ms at the latest, and the event may be dropped and counted.
    /// </summary>
    /// <remarks>
    /// Events are written in the order in which their sends completed. One that names no host gets <see cref="GodotClientOptions.Host"/>:
    /// this machine's name unless set.
    /// </remarks>
    /// <param name="cancellationToken">Ends the waiting for room; the event is then not sent.</param>
    /// <exception cref="ArgumentException">The event is larger than the whole buffer.</exception>
    /// <exception cref="IOException">The client has given up (<see cref="GodotClientOptions.MaxAttempts"/>).</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public ValueTask SendAsync(Event e, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (!started) Start();
        return AddAsync(e, host, cancellationToken);
    }

    /// <summary>
    /// Sends an event if there is room in the buffer, or <see cref="WhenFull.DropOldest"/> makes some; never waits. False: it was not
    /// taken, and counts in <see cref="Dropped"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The event is larger than the whole buffer.</exception>
    /// <exception cref="IOException">The client has given up (<see cref="GodotClientOptions.MaxAttempts"/>).</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public bool TrySend(Event e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!started) Start();
        return buffer.Add(e, host, mayWait: false, out _) == Added.Yes;
    }

    /// <summary>
    /// Sends events, in order: completes when the last one is in the buffer, or dropped because it was full; each may wait as one that is
    /// sent by itself.
    /// </summary>
    /// <param name="cancellationToken">Ends the sending between two events; those before are sent.</param>
    /// <inheritdoc cref="SendAsync(Event, CancellationToken)"/>
    public async ValueTask SendAsync(IEnumerable<Event> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (Event e in events) await SendAsync(e, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until every event whose send completed before was written, that is handed to the operating system, or dropped. False if that
    /// takes longer than <see cref="GodotClientOptions.FlushTimeout"/>: they are still going to be written. With
    /// <see cref="WhenFull.Wait"/>, a flush waits as long as it takes, too.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="IOException">The client gave up before that (<see cref="GodotClientOptions.MaxAttempts"/>).</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed before that.</exception>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default) =>
        await buffer.FlushAsync()
            .EndsWithinAsync(options.WhenFull == WhenFull.Wait ? Timeout.InfiniteTimeSpan : options.FlushTimeout, options.TimeProvider,
                cancellationToken)
            .ConfigureAwait(false);

    /// <summary>
    /// Stops the producers, writes what is left, for <see cref="GodotClientOptions.FlushTimeout"/> at most, and closes the connection.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (disposed) return;
            disposed = started = true;
            foreach (ProducerRun? run in producers.Values) run?.Dispose();
            producers.Clear();
        }
        try
        {
            // The rest is counted below.
            await buffer.FlushAsync().EndsWithinAsync(options.FlushTimeout, options.TimeProvider, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A client that has given up has nothing left.
        }
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);

        SayDropped();
        if (buffer.Pending is > 0 and long left) EventsLeft(left);
        buffer.Close(() => new ObjectDisposedException(nameof(GodotClient)));
        stop.Dispose();
    }

    /// <summary>Sends what a producer made: it has said what its host is.</summary>
    internal ValueTask SendAsItIsAsync(Event e, CancellationToken cancellationToken) => AddAsync(e, [], cancellationToken);

    /// <summary>Those of the dropped that were written, to a server that read nothing.</summary>
    internal long Unsent => buffer.Unsent;

    internal void CountProducerError() => Interlocked.Increment(ref producerErrors);

    static void CheckAddress(string host, int port)
    {
        RecipeRules.NotEmpty(host, "The server's host", nameof(host));
        RecipeRules.Port(port, "The server's", nameof(port));
    }

    void Start()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (started) return;

            // What lives as long as the client has nothing to do with the request, say, in which it was first used.
            using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
            running = Task.Run(RunUplinkAsync);
            foreach (Producer producer in producers.Keys) producers[producer] = Run(producer);
            started = true;
        }
    }

    async Task RunUplinkAsync()
    {
        await uplink.RunAsync(stopped).ConfigureAwait(false);
        // If it gave up, the producers have no more to do.
        if (!stopped.IsCancellationRequested) await stop.CancelAsync().ConfigureAwait(false);
    }

    ProducerRun Run(Producer producer)
    {
        ProducerRun run = new(producer, this, options, stopped);
        _ = Task.Run(run.RunAsync);
        return run;
    }

    ValueTask AddAsync(Event e, byte[] host, CancellationToken cancellationToken) =>
        buffer.Add(e, host, mayWait: options.WhenFull == WhenFull.Wait || options.MaxWait > TimeSpan.Zero, out Task free) == Added.NotYet
            ? AddWhenFreeAsync(e, host, free, cancellationToken)
            : ValueTask.CompletedTask;

    async ValueTask AddWhenFreeAsync(Event e, byte[] host, Task free, CancellationToken cancellationToken)
    {
        long since = options.TimeProvider.GetTimestamp();
        bool mayWait = true;
        do
        {
            if (options.WhenFull == WhenFull.Wait)
            {
                await free.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                TimeSpan left = options.MaxWait - options.TimeProvider.GetElapsedTime(since);
                mayWait = left > TimeSpan.Zero
                    && await free.EndsWithinAsync(left, options.TimeProvider, cancellationToken).ConfigureAwait(false);
                if (!mayWait) buffer.WaitedInVain(free);
            }
        }
        while (buffer.Add(e, host, mayWait, out free) == Added.NotYet);
    }

    // Called whenever something was dropped, by whoever did it.
    void ReportDrops()
    {
        if (dropLog.Pass()) SayDropped();
    }

    void SayDropped()
    {
        // The uplink has told of those that a server did not read.
        long dropped = buffer.Dropped - buffer.Unsent, before = Interlocked.Exchange(ref reportedDrops, dropped);
        if (dropped > before)
            EventsDropped(dropped - before, transport, uplink.IsConnected ? "it reads too slowly or not at all" : "there is no connection",
                options.BufferSize);
    }

    void Tell(ConnectionChange change)
    {
        // Now it is known how many the outage has cost.
        if (change.State == ConnectionState.Connected) SayDropped();
        try
        {
            ConnectionChanged?.Invoke(this, change);
        }
        catch (Exception e)
        {
            HandlerFailed(e, change.State);
        }
    }

    [LoggerMessage(22, LogLevel.Warning,
        "Dropped {Count} events that were to go to {Server}: {Reason}, and the buffer of {Size} bytes is full (or they are too large for a "
            + "datagram).")]
    partial void EventsDropped(long count, Transport server, string reason, int size);

    [LoggerMessage(20, LogLevel.Warning, "The client ended with {Count} events that it had not written.")]
    partial void EventsLeft(long count);

    [LoggerMessage(21, LogLevel.Error, "A handler of ConnectionChanged failed at {State}.")]
    partial void HandlerFailed(Exception failure, ConnectionState state);
}
