using System.Collections.Concurrent;
using System.Net;
using Godot.Pulse;
using Godot.Runtime;
using Godot.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

/// <summary>Somebody is pinged as long as the server does its work, and no longer.</summary>
public sealed class DeadMansSwitchTests : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Second = TimeSpan.FromSeconds(1);
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly FakeTimeProvider clock = new();
    readonly LogLines log = new();

    public void Dispose() => log.Dispose();

    GodotServer NewServer(Alerting.IAlertStore? store = null) => Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
        .With(new() { Engine = new() { TimeProvider = clock, LoggerFactory = log, Store = store } });

    [Fact]
    public async Task It_pings_at_the_start_and_then_at_its_times_and_says_who_lives()
    {
        Pinged pinged = new(clock);
        await using GodotServer server = NewServer().DeadMansSwitch(Minute, Policy.To(pinged));
        await server.StartAsync(Stop);
        await UntilAsync(() => pinged.At.Count == 1, fast: 0);
        await UntilAsync(() => pinged.At.Count == 3);
        Assert.Equal([0, 60, 120], pinged.At.Select(time => Math.Round(time.TotalSeconds)));
        Event alive = pinged.Last!.Events[0];
        Assert.Equal((Environment.MachineName, $"{GodotServer.Program}/alive", "ok", 3 * Minute),
            (alive.Host, alive.Service, alive.State, alive.Ttl));
        DeadMansSwitch one = Assert.Single(server.Run!.Switches);
        Assert.Equal((0, 0), (one.Failed, one.Withheld));
        Assert.InRange(one.Sent, 2, 3);
    }

    [Fact]
    public async Task An_address_is_asked_and_of_its_path_nothing_is_shown()
    {
        using HttpListener service = new();
        int port = Some.FreePort();
        service.Prefixes.Add($"http://localhost:{port}/");
        service.Start();
        int status = 200;
        ConcurrentQueue<string> asked = [];
        Task answers = Task.Run(async () =>
        {
            while (service.IsListening)
            {
                HttpListenerContext context = await service.GetContextAsync();
                asked.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl}");
                context.Response.StatusCode = status;
                context.Response.Close();
            }
        }, Stop);
        await using GodotServer server = NewServer().DeadMansSwitch(Minute, $"http://localhost:{port}/SECRET?key=KEY");
        await server.StartAsync(Stop);
        DeadMansSwitch one = server.Run!.Switches[0];
        await UntilAsync(() => one.Sent == 1, fast: 0);
        Assert.Equal("GET /SECRET?key=KEY", asked.First());
        status = 500;
        await UntilAsync(() => one.Failed == 1, fast: 60);
        await UntilAsync(() => one.Failed == 2, fast: 10);
        await UntilAsync(() => one.Failed == 3, fast: 10);
        DateTimeOffset last = one.LastSuccess!.Value;
        Assert.InRange(clock.GetUtcNow() - last, Minute, 3 * Minute);
        // It is tried again every ten seconds, and said once a minute.
        Assert.Equal($"The dead man's switch could not ping ping:http://localhost:{port}, and tries again: http://localhost:{port} "
            + "answers 500", Assert.Single(log.Warnings, line => line.Contains("switch", StringComparison.Ordinal)));
        status = 204;
        await UntilAsync(() => one.Sent == 2, fast: 10);
        await UntilAsync(() => log.All.Contains($"The dead man's switch pings ping:http://localhost:{port} again"), fast: 0);

        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        string metrics = await http.GetStringAsync("/metrics", Stop);
        Assert.Contains($"godot_dead_mans_switch_pings_total{{to=\"ping:http://localhost:{port}\",outcome=\"sent\"}} 2\n", metrics,
            StringComparison.Ordinal);
        Assert.Contains($"godot_dead_mans_switch_last_success_timestamp_seconds{{to=\"ping:http://localhost:{port}\"}} ", metrics,
            StringComparison.Ordinal);
        Assert.All([metrics, .. log.All], text => Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal));
        Assert.All([metrics, .. log.All], text => Assert.DoesNotContain("KEY", text, StringComparison.Ordinal));
        service.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => answers);
    }

    [Fact]
    public async Task While_a_reactor_holds_its_lane_nobody_is_pinged()
    {
        Pinged pinged = new(clock);
        using ManualResetEventSlim open = new();
        await using GodotServer server = NewServer().DeadMansSwitch(Minute, Policy.To(pinged)).React(Some.Stage(() => new Hang(open)));
        await server.StartAsync(Stop);
        await UntilAsync(() => pinged.At.Count == 1, fast: 0);
        Task fed = Task.Run(() => server.Run!.Engine.Feed(new Event { Service = "x" }), Stop);
        DeadMansSwitch one = server.Run!.Switches[0];
        await UntilAsync(() => one.Withheld >= 2);
        Assert.Single(pinged.At);
        Assert.Contains(log.Warnings, line => line.EndsWith("a reactor has held its lane for more than 10 s", StringComparison.Ordinal));
        open.Set();
        await Eventually.Within(fed);
        await UntilAsync(() => pinged.At.Count == 2);
    }

    [Fact]
    public async Task While_the_store_does_not_take_what_is_decided_nobody_is_pinged()
    {
        Pinged pinged = new(clock);
        FailingStore store = new();
        await using GodotServer server = NewServer(store).DeadMansSwitch(Minute, Policy.To(pinged))
            .React("cpu", Reactor.Where("service", "cpu").Alert().To(new Pinged(clock)));
        await server.StartAsync(Stop);
        await UntilAsync(() => pinged.At.Count == 1, fast: 0);
        store.Fails = true;
        server.Run!.Engine.Feed(new Event { Service = "cpu", State = "critical" });
        DeadMansSwitch one = server.Run.Switches[0];
        await UntilAsync(() => one.Withheld >= 2);
        Assert.Single(pinged.At);
        Assert.Contains(log.Warnings,
            line => line.EndsWith("the store does not take what is decided about alerts", StringComparison.Ordinal));
        store.Fails = false;
        await UntilAsync(() => pinged.At.Count == 2);
    }

    [Fact]
    public async Task While_what_arrives_is_not_heard_in_time_nobody_is_pinged()
    {
        Pinged pinged = new(clock);
        await using GodotServer server = NewServer().DeadMansSwitch(Minute, Policy.To(pinged));
        await server.StartAsync(Stop);
        await UntilAsync(() => pinged.At.Count == 1, fast: 0);
        Backlog waits = server.Run!.Engine.Backlogs.Open("test");
        waits.Arrived();
        DeadMansSwitch one = server.Run.Switches[0];
        await UntilAsync(() => one.Withheld >= 2);
        Assert.Single(pinged.At);
        Assert.Contains(log.Warnings, line => line.EndsWith("reactors are slower than senders", StringComparison.Ordinal));
        waits.Clear();
        await UntilAsync(() => pinged.At.Count == 2);
    }

    [Fact]
    public async Task An_output_that_hangs_is_a_ping_that_failed_and_holds_no_stop_up()
    {
        Pinged pinged = new(clock) { Hangs = true };
        GodotServer server = NewServer().DeadMansSwitch(Minute, Policy.To(pinged));
        await server.StartAsync(Stop);
        DeadMansSwitch one = server.Run!.Switches[0];
        await UntilAsync(() => one.Failed == 1);
        Assert.Contains(log.Warnings, line => line.Contains("It was not sent within 00:01:00", StringComparison.Ordinal));
        await Eventually.Within(server.StopAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("every", () => new GodotServer().DeadMansSwitch(0.5 * Second, "https://host.com"));
        Assert.Throws<ArgumentException>("url", () => new GodotServer().DeadMansSwitch(Minute, "host.com"));
        Assert.Throws<ArgumentException>("to",
            () => new GodotServer().DeadMansSwitch(Minute, Policy.To(new Pinged(clock)).Repeat(Minute)));
    }

    /// <summary>
    /// Waits for something. Virtual time passes meanwhile, fast for so many seconds and then slowly: an answer that is on its way comes
    /// first.
    /// </summary>
    async Task UntilAsync(Func<bool> happened, int fast = 1000)
    {
        int looks = 0;
        await Eventually.True(() =>
        {
            if (happened()) return true;
            if (fast > 0 && (++looks <= fast || looks % 50 == 0)) clock.Advance(Second);
            return false;
        });
    }

    sealed class Hang(ManualResetEventSlim open) : Stage
    {
        public override void On(EventView e) => open.Wait();
    }

    /// <summary>Knows when it was told.</summary>
    sealed record Pinged(FakeTimeProvider Clock) : OutputRecipe, IOutput
    {
        public ConcurrentQueue<TimeSpan> At { get; } = [];

        public Notification? Last { get; private set; }

        public bool Hangs { get; init; }

        public override string Name => "pinged";

        public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            Last = notifications[0];
            At.Enqueue(Clock.GetUtcNow() - Clock.Start);
            return Hangs ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken) : Task.CompletedTask;
        }

        public bool Equals(Pinged? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
