using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

public class FloodTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sender_that_never_pauses_does_not_keep_others_from_being_accepted()
    {
        using CancellationTokenSource enough = new();
        using Flood flood = new(enough.Token);
        TaskCompletionSource other = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp, Transport.Udp)
            .React("flood", Reactor.Where("service", "flood").Map(e => e))
            .React("other", Reactor.Where("service", "other").Where(e => other.TrySetResult()));
        flood.Server = server;
        // The second input says that it got a smaller buffer than this, while the first listens already.
        server.With(new() { UdpReceiveBufferBytes = 1 << 30, Engine = new() { LoggerFactory = flood } });

        await Eventually.Within(Task.Run(() => server.StartAsync(Stop), Stop));
        server.Send(Transport.Tcp, Some.Line("other"));
        await Eventually.Within(other.Task);
        await enough.CancelAsync();
    }

    /// <summary>When it is told that the kernel gave less than was asked for, it connects, and sends without an end.</summary>
    sealed class Flood(CancellationToken enough) : ILoggerFactory, ILogger
    {
        Socket? socket;

        public GodotServer Server { get; set; } = null!;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (socket is not null || !formatter(state, exception).Contains("receive buffer", StringComparison.Ordinal)) return;
            socket = Server.Connect(Transport.Tcp);
            byte[] lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Some.Line("flood"), 1000)));
            new Thread(() =>
            {
                try
                {
                    while (!enough.IsCancellationRequested) socket.Send(lines);
                }
                catch (SocketException)
                {
                }
                catch (ObjectDisposedException)
                {
                }
            }) { IsBackground = true }.Start();
            Thread.Sleep(100);
        }

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => NullLogger.Instance.BeginScope(state);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose() => socket?.Dispose();
    }

    [Fact]
    public async Task A_connection_may_be_silent_for_years()
    {
        Seen seen = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).With(new() { IdleTimeout = TimeSpan.FromDays(1000) }).React(seen.Recipe);
        await server.StartAsync(Stop);
        server.Send(Transport.Tcp, Some.Line("a"));
        await seen.Count(1);
    }
}
