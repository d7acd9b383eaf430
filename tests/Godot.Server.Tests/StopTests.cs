using System.Diagnostics;
using System.Net.Sockets;
using Godot.Events;

namespace Godot;

public class StopTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task What_has_arrived_is_processed_before_the_end(Transport transport)
    {
        const int Sent = 200;
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(Stop);

        // Connections that stay open, that were closed, and that nobody has accepted yet.
        List<Socket> sockets = [];
        for (int i = 0; i < Sent; i++)
        {
            Socket socket = server.Connect(transport);
            socket.Send(Some.Line($"s{i}"));
            if (i % 2 == 0) socket.Dispose();
            else sockets.Add(socket);
        }
        await server.StopAsync(Stop);

        Assert.Equal(Sent, server.Counters().Received);
        Assert.Equal(Sent, seen.Services.Count);
        sockets.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task A_sender_that_never_pauses_does_not_hold_up_the_stop()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp, Transport.Udp).React(Some.Recipe());
        await server.StartAsync(Stop);
        using CancellationTokenSource enough = new();
        List<Task> senders = [.. ((Transport[])[Transport.Tcp, Transport.Udp]).Select(transport => Task.Run(() =>
        {
            using Socket socket = server.Connect(transport);
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    socket.Send(Some.Line("x"));
                }
                catch (SocketException)
                {
                    return;
                }
            }
        }, Stop))];
        await Eventually.True(() => server.Counters(0).Received > 100 && server.Counters(1).Received > 100);

        Stopwatch took = Stopwatch.StartNew();
        await server.StopAsync(Stop);

        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.False(server.Run!.GaveUp);
        await enough.CancelAsync();
        await Task.WhenAll(senders);
    }

    [Fact]
    public async Task A_reactor_that_hangs_does_not_hold_up_the_stop()
    {
        using ManualResetEventSlim never = new();
        LogLines log = new();
        GodotServer server = Senders.OnLoopback(Transport.Tcp)
            .With(new() { StopTimeout = TimeSpan.FromSeconds(2), Engine = new() { LoggerFactory = log } })
            .React(Some.Stage(() => new Hang(never)));
        await server.StartAsync(Stop);
        server.Send(Transport.Tcp, Some.Line("x"));
        await Eventually.True(() => server.Counters().Received == 1);

        Stopwatch took = Stopwatch.StartNew();
        await server.StopAsync(Stop);

        Assert.InRange(took.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        Assert.True(server.Run!.GaveUp);
        Assert.Contains(log.Errors, e => e.StartsWith("The stop was given up", StringComparison.Ordinal));
        never.Set();
    }

    [Fact]
    public async Task What_a_stop_could_not_wait_for_is_counted_as_dropped()
    {
        const int Sent = 6000;
        // Eight seconds to read, twelve for all events to run, half of one for a block: far apart, on a busy machine too.
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).React(Some.Stage(() => new Slow())).With(new() { StopTimeout = TimeSpan.FromSeconds(20) });
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);
        socket.Send(string.Concat(Enumerable.Range(0, Sent).Select(_ => Some.Line("x"))));
        await Eventually.True(() => server.Counters().Received > 0);

        await server.StopAsync(Stop);

        Assert.False(server.Run!.GaveUp);
        Assert.Equal(Sent, server.Counters().Received);
        Assert.InRange(server.Counters().Dropped, 1, Sent - 1);
    }

    [Fact]
    public async Task What_clients_wrote_before_they_closed_is_read_to_the_end_of_their_streams()
    {
        const int Clients = 4, Lines = 50_000;
        LogLines log = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp)
            .With(new() { StopTimeout = TimeSpan.FromMinutes(2), Engine = new() { LoggerFactory = log } }).React(Some.Recipe());
        await server.StartAsync(Stop);
        byte[] lines = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Some.Line("x"), 1000)));

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() =>
        {
            using Socket socket = server.Connect(Transport.Tcp);
            for (int i = 0; i < Lines; i += 1000) socket.Send(lines);
        }, Stop)));
        await server.StopAsync(Stop);

        Assert.Equal((Clients * Lines, 0, 0), (server.Counters().Received, server.Counters().AllRejected, server.Counters().Dropped));
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public async Task A_line_that_the_stop_cut_is_not_called_nonsense()
    {
        LogLines log = new();
        GodotServer server = Senders.OnLoopback(Transport.Tcp).With(new() { Engine = new() { LoggerFactory = log } }).React(Some.Recipe());
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);
        socket.Send(Some.Line("a") + "{\"service\":\"b");
        await Eventually.True(() => server.Counters().Received == 1);

        await server.StopAsync(Stop);

        Assert.Equal((1, 1), (server.Counters().Rejected(RejectReason.Cut), server.Counters().AllRejected));
        Assert.Contains("(cut)", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_kernel_still_holds_at_the_end_is_told_in_bytes()
    {
        using ManualResetEventSlim never = new();
        LogLines log = new();
        GodotServer server = Senders.OnLoopback(Transport.Tcp)
            .With(new() { StopTimeout = TimeSpan.FromSeconds(2), Engine = new() { LoggerFactory = log } })
            .React(Some.Stage(() => new Hang(never)));
        await server.StartAsync(Stop);
        // More than may be read at once: the others wait for their turn.
        List<Socket> sockets =
            [.. Enumerable.Range(0, 2 * Math.Max(2, Environment.ProcessorCount) + 3).Select(_ => server.Connect(Transport.Tcp))];
        sockets.ForEach(socket => socket.Send(Some.Line("x")));
        await Eventually.True(() => server.Counters().Received >= 1 && server.Counters().Open == sockets.Count);

        await server.StopAsync(Stop);

        int unread = (int)server.Counters().Left;
        Assert.InRange(unread, Some.Line("x").Length, Some.Line("x").Length * sockets.Count);
        Assert.Contains($"{unread} bytes that had come were not read any more: the time for it was over", log.Warnings);
        never.Set();
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task What_udp_has_in_its_socket_and_its_ring_is_read()
    {
        const int Sent = 150;
        LogLines log = new();
        Seen seen = new();
        await using Engine engine = new();
        engine.Add(Some.Stage(() => new Slow()));
        engine.Add(seen.Recipe);
        // The stop has begun before the first is read, and the ring has room for half of them.
        GodotServerOptions options = new() { UdpQueueBytes = 70_000 };
        UdpInput input = new(BindAddress.Parse("udp", 0, null, null), JsonLines.New);
        using CancellationTokenSource abandon = new();
        input.Bind(new(options.Inputs, new ReaderSlots(engine, options.Inputs), new ConnectionLimit(1, options.Engine.TimeProvider),
            new UnfinishedLines(0), log, new CancellationToken(true), abandon.Token));
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(input.EndPoint);
        for (int i = 0; i < Sent; i++) socket.Send(Some.Line(new string('x', 1000)));
        long lost = input.KernelDropped;

        await Eventually.Within(input.RunAsync(CancellationToken.None));

        Assert.Equal((Sent, lost), (input.Counters.Received + lost, input.Dropped));
        Assert.InRange(lost, 0, Sent / 2);
        await seen.Count((int)(Sent - lost));
    }

    [Fact]
    public async Task Outputs_get_what_was_decided()
    {
        Mailbox mailbox = new();
        GodotServer server = Senders.OnLoopback(Transport.Tcp).React("r", Reactor.Empty.To(mailbox));
        await server.StartAsync(Stop);
        server.Send(Transport.Tcp, Some.Line("a"), Some.Line("b"));
        await Eventually.True(() => server.Counters().Received == 2);

        await server.DisposeAsync();

        Assert.Equal(["a", "b"], mailbox.Sent);
    }

    [Fact]
    public async Task After_the_stop_nothing_listens_and_the_socket_file_is_gone()
    {
        LogLines log = new();
        string path = Some.SocketPath();
        GodotServer server = GodotServer.Tcp(0, "127.0.0.1").Unix(path).With(new() { Engine = new() { LoggerFactory = log } });
        await server.StartAsync(Stop);
        Assert.True(File.Exists(path));

        await server.StopAsync(Stop);
        await server.StopAsync(Stop);
        await server.DisposeAsync();

        Assert.False(File.Exists(path));
        Assert.Throws<SocketException>(() => server.Connect(Transport.Tcp));
        Assert.Equal("Stopped: 0 events received, 0 rejected, 0 dropped",
            Assert.Single(log.All, l => l.StartsWith("Stopped", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_never_started_stops_too() => await GodotServer.Tcp(0).DisposeAsync();

    sealed class Hang(ManualResetEventSlim never) : Stage
    {
        public override void On(EventView e) => never.Wait();
    }

    sealed class Slow : Stage
    {
        public override void On(EventView e) => Thread.Sleep(2);
    }
}
