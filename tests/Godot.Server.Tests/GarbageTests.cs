using System.Net.Sockets;
using System.Text;
using Godot.Events;

namespace Godot;

public class GarbageTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly GodotServerOptions Options = new() { MaxLineLength = 50_000 };

    // What ended the original's process, and more; with why ours rejects it.
    static readonly (string Line, string Reason)[] Garbage =
    [
        ("{\"service\":", "not_json"),
        ("GET / once", "not_json"),
        ("\u0000\u001b[2J", "not_json"),
        ("null", "not_an_event"),
        ("12", "not_an_event"),
        ("\"text\"", "not_an_event"),
        ("{\"host\":[\"text\"]}", "wrong_type"),
        ("{\"service\":{}}", "wrong_type"),
        ($"{{\"x\":{new string('[', 20_000)}", "too_deep"),
        ($"{{\"service\":\"{new string('x', 60_000)}\"}}", "too_long"),
    ];

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task Garbage_is_counted_by_reason_and_good_lines_beside_it_are_events(Transport transport)
    {
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(transport).With(Options with { Engine = new() { LoggerFactory = log } }).React(seen.Recipe);
        await server.StartAsync(Stop);

        server.Send(transport, Garbage.SelectMany(g => (string[])[g.Line + "\n", Some.Line("good")]));
        using (Socket socket = server.Connect(transport)) socket.Send([.. "{\"service\":\"\xff"u8, 0xff, .. "\"}\n"u8]);

        InputCounters counters = server.Counters();
        await Eventually.True(() => counters.AllRejected == Garbage.Length + 1);
        await seen.Count(Garbage.Length);
        Assert.Equal(Garbage.Length, counters.Received);
        Assert.Equal(0, server.Run!.Inputs[0].Dropped);
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            int expected = reason == RejectReason.NotUtf8 ? 1 : Garbage.Count(g => g.Reason == reason.Name());
            Assert.Equal((reason, expected), (reason, (int)counters.Rejected(reason)));
        }

        // One line for each reason, and nothing in it that a terminal would obey.
        Assert.Equal(Garbage.Select(g => g.Reason).Append("not_utf8").Distinct().Count(),
            log.Warnings.Count(w => w.Contains("rejected a line", StringComparison.Ordinal)));
        Assert.DoesNotContain(log.All, line => line.Any(char.IsControl));
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task A_heartbeat_whose_metric_is_a_text_is_heard_and_counted_and_a_strict_server_rejects_it()
    {
        string[] lines =
        [
            "{\"service\":\"five\",\"metric\":\"5\"}\n", "{\"service\":\"much\",\"metric\":\"much\"}\n",
                "{\"service\":\"huge\",\"metric\":1e999}\n",
            $"{{\"service\":\"long\",\"state\":\"{new string('x', 255)}\"}}\n",
                "{\"service\":\"tags\",\"tags\":\"text\",\"metric\":1e999}\n",
        ];
        Seen seen = new(), strictly = new();
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).With(new() { Engine = new() { LoggerFactory = log } }).React(seen.Recipe);
        await using GodotServer strict = Senders.OnLoopback(Transport.Tcp).With(new() { StrictEvents = true }).React(strictly.Recipe);
        await server.StartAsync(Stop);
        await strict.StartAsync(Stop);

        server.Send(Transport.Tcp, lines);
        strict.Send(Transport.Tcp, [.. lines, Some.Line("good")]);

        await seen.Count(lines.Length);
        await strictly.Count(1);
        (InputCounters kept, InputCounters rejected) = (server.Counters(), strict.Counters());
        Assert.Equal((lines.Length, 0), (kept.Received, kept.AllRejected));
        Assert.Equal((2, 1, 1),
            (kept.Incomplete(RejectReason.WrongType), kept.Incomplete(RejectReason.OutOfRange),
                kept.Incomplete(RejectReason.StateTooLong)));
        Assert.Equal((1, lines.Length), (rejected.Received, rejected.AllRejected));
        Assert.Equal((3, 1, 1),
            (rejected.Rejected(RejectReason.WrongType), rejected.Rejected(RejectReason.OutOfRange),
                rejected.Rejected(RejectReason.StateTooLong)));
        Assert.Equal(3, log.Warnings.Count(w => w.Contains("kept an event without a member", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Random_bytes_end_nothing()
    {
        Random random = new(9876);
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp, Transport.Udp, Transport.Unix).React(seen.Recipe);
        await server.StartAsync(Stop);
        byte[] noise = new byte[1000];

        for (int i = 0; i < 30; i++)
        {
            random.NextBytes(noise);
            foreach (Transport transport in Enum.GetValues<Transport>())
            {
                using Socket socket = server.Connect(transport);
                socket.Send(noise);
            }
        }
        foreach (Transport transport in Enum.GetValues<Transport>()) server.Send(transport, Some.Line("good"));

        await Eventually.True(() => seen.Services.Count(s => s == "good") == 3);
    }

    [Fact]
    public async Task A_reset_hurts_nobody_else()
    {
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).With(new() { Engine = new() { LoggerFactory = log } }).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket other = server.Connect(Transport.Tcp);

        for (int i = 0; i < 50; i++)
        {
            Socket socket = server.Connect(Transport.Tcp);
            socket.Send("{\"service\":");
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        other.Send(Some.Line("alive"));

        await seen.Count(1);
        await Eventually.True(() => server.Counters().Open == 1);
        Assert.Equal(["alive"], seen.Services);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task A_reactor_that_throws_loses_its_event_and_nothing_else()
    {
        Seen seen = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).React("bad", Some.Stage(() => new Throws())).React("good", seen.Recipe);
        await server.StartAsync(Stop);

        server.Send(Transport.Tcp, Some.Line("a"), Some.Line("b"));

        await seen.Count(2);
    }

    sealed class Throws : Stage
    {
        public override void On(EventView e) => throw new InvalidOperationException("No.");
    }
}
