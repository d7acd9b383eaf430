using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Godot.Events;

namespace Godot;

public partial class HttpTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_well_formed_and_name_every_input_reason_reactor_and_stage()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp, Transport.Udp, Transport.Unix).Http("127.0.0.1:0")
            .React("all \"of\" \\ them\n", seen.Recipe);
        await server.StartAsync(Stop);
        server.Send(Transport.Tcp, Some.Line("a"), "nonsense\n", Some.Line("b"));
        await seen.Count(2);
        await Eventually.True(() => server.Counters().Open == 0);

        string metrics = await Get(server, "/metrics");

        string tcp = server.Inputs[0].Name;
        Assert.All(metrics.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
        Assert.EndsWith("\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"godot_events_received_total{{input=\"{tcp}\"}} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"godot_events_rejected_total{{input=\"{tcp}\",reason=\"not_json\"}} 1\n", metrics, StringComparison.Ordinal);
        foreach (string reason in RejectReasons.Names)
            Assert.Contains($"godot_events_rejected_total{{input=\"{server.Inputs[1].Name}\",reason=\"{reason}\"}} 0\n", metrics,
                StringComparison.Ordinal);
        Assert.Contains($"godot_events_dropped_total{{input=\"{server.Inputs[2].Name}\"}} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("godot_reactor_events_total{reactor=\"all \\\"of\\\" \\\\ them\\n\",stage=\"", metrics, StringComparison.Ordinal);
        Assert.Contains("\ngodot_series 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"godot_connections_opened_total{{input=\"{tcp}\"}} 1\n", metrics, StringComparison.Ordinal);

        // A scrape that has one series twice is refused whole.
        List<string> series = [.. metrics.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l[..l.LastIndexOf(' ')])];
        Assert.Equal(series.Count, series.Distinct().Count());
    }

    [Fact]
    public async Task Notifications_are_counted_by_channel_and_outcome()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
            .React("taken", Reactor.Where("service", "a").To(new Answering("ann", () => { })))
            .React("refused", Reactor.Where("service", "a").To(new Answering("bob", () => throw new UndeliverableException("No."))))
            .React("failing", Reactor.Where("service", "a").To(new Answering("eve", () => throw new IOException("Later."))));
        await server.StartAsync(Stop);
        server.Run!.Engine.Feed(new Event { Service = "a" });
        await Eventually.True(() => server.Channels is [{ Sent: 1 }, { Abandoned: 1 }, { FailedAttempts: > 0 }]);

        string metrics = await Get(server, "/metrics");
        Assert.Contains("godot_notifications_total{channel=\"answering:ann\",outcome=\"sent\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("godot_notifications_total{channel=\"answering:bob\",outcome=\"abandoned\"} 1\n", metrics,
            StringComparison.Ordinal);
        Assert.Contains("godot_notifications_total{channel=\"answering:eve\",outcome=\"sent\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("godot_notifications_total{channel=\"answering:eve\",outcome=\"failed_attempt\"} 0\n", metrics,
            StringComparison.Ordinal);
        Assert.Contains("godot_oldest_unsent_seconds{channel=\"answering:ann\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("godot_oldest_unsent_seconds{channel=\"answering:eve\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("godot_last_sent_timestamp_seconds{channel=\"answering:ann\"} ", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("godot_last_sent_timestamp_seconds{channel=\"answering:bob\"} ", metrics, StringComparison.Ordinal);
        Assert.All(metrics.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
    }

    sealed record Answering(string Who, Action Answer) : OutputRecipe, IOutput
    {
        public override string Name => "answering";

        public override string ChannelName => $"answering:{Who}";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            Answer();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Events_that_a_By_has_no_room_for_are_counted()
    {
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").With(new() { Engine = new() { MaxKeys = 1 } })
            .React("by", Reactor.By("service", r => r.Ewma(0.5)));
        await server.StartAsync(Stop);
        // In a block of its own, so that it is the one that has a key, whatever lanes they are on.
        server.Send(Transport.Tcp, Some.Line("a"));
        await Eventually.True(() => server.Counters() is { Received: 1, Open: 0 });
        server.Send(Transport.Tcp, Some.Line("b"), Some.Line("b"));
        await Eventually.True(() => server.Counters() is { Received: 3, Open: 0 });
        Assert.Contains("godot_reactor_keys_refused_total{reactor=\"by\"} 2\n", await Get(server, "/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_healthy_and_ready_while_it_runs_and_knows_no_other_paths()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0");
        await server.StartAsync(Stop);
        using HttpClient http = Client(server);

        Assert.Equal("ok\n", await http.GetStringAsync("/healthz", Stop));
        Assert.Equal("ok\n", await http.GetStringAsync("/readyz", Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.PostAsync("/metrics", null, Stop)).StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8",
            (await http.GetAsync("/metrics", Stop)).Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task It_is_not_ready_while_it_stops_and_unhealthy_while_a_reactor_hangs()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        using ManualResetEventSlim open = new();
        GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").With(new() { Engine = new() { TimeProvider = clock } })
            .React(Some.Stage(() => new Hang(open)));
        await server.StartAsync(Stop);
        using HttpClient http = Client(server);
        server.Send(Transport.Tcp, Some.Line("x"));
        await Eventually.True(() => server.Run!.Healthy && server.Counters().Received == 1);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Stop)).StatusCode);

        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/healthz", Stop)).StatusCode);

        Task stopping = server.StopAsync(Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz", Stop)).StatusCode);
        open.Set();
        await Eventually.Within(stopping);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_sentence()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        InputException refused =
            await Assert.ThrowsAsync<InputException>(() => Senders.OnLoopback(Transport.Tcp).Http($"127.0.0.1:{port}").StartAsync(Stop));

        Assert.Equal($"http port {port} is in use by another program; stop that program or choose another port.", refused.Message);
    }

    [Fact]
    public async Task A_port_that_nobody_asked_for_and_another_has_is_warned_of()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        string address = $"{taken.LocalEndPoint}";
        LogLines log = new();
        Seen seen = new();
        GodotServer server = Senders.OnLoopback(Transport.Tcp).With(new() { Engine = new() { LoggerFactory = log } }).React(seen.Recipe);
        server.HttpUnlessSaid(address);

        await using (server)
        {
            await server.StartAsync(Stop);
            server.Send(Transport.Tcp, Some.Line("a"));
            await seen.Count(1);
            Assert.Null(server.HttpEndPoint);
        }

        Assert.Equal($"http port {((IPEndPoint)taken.LocalEndPoint!).Port} is in use by another program; stop that program or choose "
            + "another port. The server goes on without its pages and without commands such as godot ack: --http PORT gives it a port of "
            + "its own, and --http none does without them", Assert.Single(log.Warnings));
        GodotServer asked = Senders.OnLoopback(Transport.Tcp).Http(address);
        asked.HttpUnlessSaid("127.0.0.1:0");
        await Assert.ThrowsAsync<InputException>(() => asked.StartAsync(Stop));
        GodotServer none = Senders.OnLoopback(Transport.Tcp).Http("none");
        none.HttpUnlessSaid("127.0.0.1:0");
        await using (none)
        {
            await none.StartAsync(Stop);
            Assert.Null(none.HttpEndPoint);
        }
    }

    static async Task<string> Get(GodotServer server, string path)
    {
        using HttpClient http = Client(server);
        return await http.GetStringAsync(path, Stop);
    }

    static HttpClient Client(GodotServer server) =>
        new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}"), Timeout = TimeSpan.FromSeconds(20) };

    [GeneratedRegex("""^(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge))|[a-z_]+(\{[a-z]+="([^"\\]|\\["\\n])*"(,[a-z]+="([^"\\]|\\["\\n])*")*\})? [0-9.eE+-]+)$""")]
    private static partial Regex Line();

    sealed class Hang(ManualResetEventSlim open) : Stage
    {
        public override void On(EventView e) => open.Wait();
    }
}
