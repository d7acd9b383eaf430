using System.Net.Sockets;
using System.Text;
using Godot.Events;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

public class SlowReactorTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task A_slow_reactor_slows_its_senders_and_keeps_nothing_in_memory(Transport transport)
    {
        using Gate gate = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(gate.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(transport);
        socket.Blocking = false;
        byte[] line = Encoding.UTF8.GetBytes(Some.Line(new string('x', 1000)));

        // The kernel's buffers take a few megabytes, then the sender has to wait.
        long sent = 0;
        SocketError error = SocketError.Success;
        await Eventually.True(() =>
        {
            for (int i = 0; i < 1000 && error == SocketError.Success; i++) sent += socket.Send(line, SocketFlags.None, out error);
            return error == SocketError.WouldBlock || sent > 200_000_000;
        });

        Assert.Equal(SocketError.WouldBlock, error);
        Assert.InRange(server.Counters().Bytes, 0, 256 * 1024);
        gate.Open();
    }

    [Fact]
    public async Task Slow_connections_keep_the_others_and_http_waiting_for_nothing()
    {
        using Gate gate = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").React(gate.Recipe);
        await server.StartAsync(Stop);
        List<Socket> sockets = [.. Enumerable.Range(0, 50).Select(_ => server.Connect(Transport.Tcp))];
        foreach (Socket socket in sockets) socket.Send(Some.Line("x"));
        await Eventually.True(() => gate.Waiting > 0);

        using HttpClient http = new();
        Assert.StartsWith("ok\n", await Eventually.Within(http.GetStringAsync(new Uri($"http://{server.HttpEndPoint}/healthz"), Stop)),
            StringComparison.Ordinal);

        gate.Open();
        await Eventually.True(() => server.Counters().Received == 50);
        sockets.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task What_udp_loses_is_counted_to_the_last_datagram()
    {
        const int Sent = 5000;
        using Gate gate = new();
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Udp)
            .With(new() { UdpQueueBytes = 70_000, Engine = new() { LoggerFactory = log } })
            .React("gate", gate.Recipe).React("seen", seen.Recipe);
        await server.StartAsync(Stop);
        UdpInput input = (UdpInput)server.Run!.Inputs[0];

        server.Send(Transport.Udp, Enumerable.Repeat(Some.Line(new string('x', 100)), Sent));
        await Eventually.True(() => input.QueueDropped > 0);
        gate.Open();

        await Eventually.True(
            () => input.Counters.Received + input.Dropped == Sent,
            () => $"{input.Counters.Received} received, {input.QueueDropped} + {input.KernelDropped} dropped.");
        await seen.Count((int)input.Counters.Received);
        Assert.Contains(log.Warnings, w => w.Contains("drops events", StringComparison.Ordinal));
    }

    [Fact]
    public void The_kernels_drops_are_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4096 };
        receiver.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.Connect(receiver.LocalEndPoint!);
        KernelDrops drops = new(receiver);

        for (int i = 0; i < 500; i++) sender.Send(new byte[200]);
        int kept = 0;
        while (receiver.Available > 0 && receiver.Receive(new byte[200]) > 0) kept++;

        Assert.Equal(500, kept + drops.Read());
        Assert.InRange(kept, 1, 499);
        receiver.Dispose();
        Assert.Equal(500, kept + drops.Read());
    }

    [Fact]
    public async Task And_told_once_a_minute()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");
        FakeTimeProvider clock = new();
        LogLines log = new();
        await using Engine engine = new();
        GodotServerOptions options = new() { UdpReceiveBufferBytes = 4096, Engine = new() { TimeProvider = clock } };
        UdpInput input = new(BindAddress.Parse("udp", 0, "127.0.0.1", null), JsonLines.New);
        using CancellationTokenSource stopping = new(), abandon = new();
        input.Bind(new(options.Inputs, new ReaderSlots(engine, options.Inputs), new ConnectionLimit(1, clock), new UnfinishedLines(0), log,
            stopping.Token, abandon.Token));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.Connect(input.EndPoint);
        for (int i = 0; i < 500; i++) sender.Send(new byte[200]);
        long dropped = input.KernelDropped;
        Assert.InRange(dropped, 1, 499);

        Task running = input.RunAsync(stopping.Token);
        Assert.Empty(Told());
        for (int minute = 0; minute < 3; minute++) clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(
            $"{input.Name}: the kernel dropped {dropped} datagrams because its receive buffer was full, {dropped} so far; larger "
                + $"UdpReceiveBufferBytes and net.core.rmem_max hold more", Assert.Single(Told()));
        await stopping.CancelAsync();
        await Eventually.Within(running);
        Assert.Single(Told());

        IEnumerable<string> Told() => log.Warnings.Where(w => w.Contains("the kernel dropped", StringComparison.Ordinal));
    }

    [Fact]
    public void The_queue_keeps_datagrams_in_order_around_its_end_and_refuses_what_does_not_fit()
    {
        DatagramQueue queue = new(18);
        Assert.True(queue.TryWrite("abcdefg"u8));
        Assert.True(queue.TryWrite("hijk\n"u8));
        Assert.False(queue.TryWrite("n"u8));
        Assert.True(queue.TryWrite(""u8));
        Assert.Equal(["abcdefg", "hijk\n", ""], Read(queue));

        foreach (string around in (string[])["0123456", "01234567", "0123456789", "012345678"])
        {
            Assert.True(queue.TryWrite(Encoding.ASCII.GetBytes(around)));
            Assert.True(queue.TryWrite("next"u8));
            Assert.Equal([around], Read(queue, room: around.Length + 1));
            Assert.Equal(["next"], Read(queue));
        }
        queue.Complete();
        Assert.Empty(Read(queue));
    }

    static List<string> Read(DatagramQueue queue, int room = 100)
    {
        byte[] into = new byte[room];
        List<string> read = [];
        int at = 0;
        foreach (int length in queue.Read(into))
        {
            read.Add(Encoding.ASCII.GetString(into, at, length));
            at += length + 1;
        }
        return read;
    }

    /// <summary>A reactor that lets no event pass until it is opened.</summary>
    sealed class Gate : IDisposable
    {
        readonly ManualResetEventSlim open = new();
        int waiting;

        public int Waiting => Volatile.Read(ref waiting);

        public Reactor Recipe => Some.Stage(() => new Wait(this));

        public void Open() => open.Set();

        public void Dispose() => open.Set();

        sealed class Wait(Gate gate) : Stage
        {
            public override void On(EventView e)
            {
                Interlocked.Increment(ref gate.waiting);
                gate.open.Wait();
                Send(e);
            }
        }
    }
}
