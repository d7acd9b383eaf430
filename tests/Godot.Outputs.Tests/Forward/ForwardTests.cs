using Godot.Client.Tests;
using Godot.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot.Outputs.Tests;

public sealed class ForwardTests
{
    static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    readonly OutputContext context = new(TimeProvider.System, NullLoggerFactory.Instance, null);

    [Fact]
    public async Task What_was_not_changed_is_sent_byte_for_byte_and_passes()
    {
        const string odd = """{ "metric" : 1.50, "service":"\u0061", "unknown":[1, {"x":null}] }""";
        using LineServer server = LineServer.Tcp();
        await using Engine engine = new();
        engine.Add(Reactor.Forward($"tcp://127.0.0.1:{server.Port}").Over(1));
        engine.Feed(Event.Parse(odd));
        engine.Feed(new Event { Service = "b", Metric = 2, Time = DateTimeOffset.UnixEpoch });
        using LineConnection connection = await server.AcceptAsync();
        Assert.Equal([odd, """{"service":"b","time":0,"metric":2}"""], await connection.ReadAsync(2));
        Assert.Equal(2, engine.StageCounts().Single(stage => stage.Stage.EndsWith("over", StringComparison.Ordinal)).Events);
    }

    [Fact]
    public void An_incident_is_its_latest_event_and_what_became_of_it() =>
        Assert.Equal(
            [
                """{"host":"app","service":"cpu","time":1785554055.926,"meta":{"incident":"0123456789abcdef0123456789abcdef","""
                    + """ "severity":"critical","transition":"opened"},"metric":97.5}""".TrimStart(),
                """{"host":"app","service":"cpu","time":1785556155.926,"meta":{"incident":"0123456789abcdef0123456789abcdef","""
                    + """ "severity":"critical","transition":"resolved"},"metric":12}""".TrimStart(),
            ],
            ForwardOutput.EventsOf(Some.Alert(Some.Opened, Some.Resolved)).Select(e => e.ToString()));

    [Fact]
    public async Task The_monitors_own_events_are_not_sent()
    {
        using LineServer server = LineServer.Tcp();
        await using ForwardOutput output = (ForwardOutput)new ForwardRecipe($"tcp://127.0.0.1:{server.Port}").Open(context);
        Event mine = new() { Service = "godot/series-exceeded" }, yours = new() { Service = "godot", Time = DateTimeOffset.UnixEpoch };
        Task sending = output.SendAsync([new("r", [mine]), new("r", [mine, yours, mine]), new("r", [yours])], Stop);
        using LineConnection connection = await server.AcceptAsync();
        Assert.Equal(["""{"service":"godot","time":0}""", """{"service":"godot","time":0}"""], await connection.ReadAsync(2));
        await sending.Soon();
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_other_server_is_away()
    {
        int port = LineServer.FreePort();
        await using Engine engine = new();
        engine.Add(Reactor.Where("service", "a").Forward($"tcp://127.0.0.1:{port}"));
        for (int i = 0; i < 5000; i++) engine.Feed(new Event { Service = "a", Metric = i });
        using LineServer server = LineServer.Tcp(port);
        using LineConnection connection = await server.AcceptAsync();
        List<string> lines = await connection.ReadAsync(5000);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (double?)i), lines.Select(line => Event.Parse(line).Metric));
    }

    [Fact]
    public async Task A_server_that_does_not_let_it_in_fails_the_output_and_nothing_is_lost()
    {
        using LineServer server = LineServer.Tcp();
        OutputQueue queue = new(new ForwardRecipe($"tcp://127.0.0.1:{server.Port}"), context);
        for (int i = 0; i < 5000; i++) queue.Enqueue(new("reactor", [new Event { Service = "a", Metric = i }]));
        await (await server.AcceptAsync()).RefuseAsync("127.0.0.1 may not send here.");
        while (queue.Report.Failed == 0) await Task.Delay(5, Stop);
        Assert.Equal((0, 5000), (queue.Report.Sent, queue.Pending));

        List<string> lines;
        LineConnection connection = await server.AcceptAsync();
        while (true)
        {
            try
            {
                lines = await connection.ReadAsync(5000);
                break;
            }
            catch (EndOfStreamException e)
            {
                // The client that was not let in had connected once more before it was given up; it writes nothing so soon.
                Assert.Contains("after 0 lines", e.Message, StringComparison.Ordinal);
                connection.Dispose();
                connection = await server.AcceptAsync();
            }
        }
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (double?)i), lines.Select(line => Event.Parse(line).Metric));
        await queue.StopAsync(Stop);
        Assert.Equal((5000, 0), (queue.Report.Sent, queue.Report.Dropped + queue.Report.Abandoned));
        connection.Dispose();
    }

    [Fact]
    public async Task A_check_of_a_server_that_does_not_let_it_in_says_why()
    {
        using LineServer server = LineServer.Tcp();
        Task<string?> check = new ForwardRecipe($"tcp://127.0.0.1:{server.Port}").TryAsync(context, Stop);
        await (await server.AcceptAsync()).RefuseAsync("127.0.0.1 may not send here.");
        Assert.Contains("may not send here.", (await Assert.ThrowsAnyAsync<IOException>(() => check)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_engine_stops_everything_has_been_written_and_the_connection_ends()
    {
        using LineServer server = LineServer.Tcp();
        Engine engine = new();
        engine.Add(Reactor.Rollup(TimeSpan.FromHours(1)).Forward($"tcp://127.0.0.1:{server.Port}"));
        for (int i = 0; i < 10; i++) engine.Feed(new Event { Service = "a", Metric = i });
        await engine.StopAsync(Stop);
        using LineConnection connection = await server.AcceptAsync();
        Assert.Equal(10, (await connection.ReadToEndAsync()).Count);
    }

    [Theory]
    [InlineData("monitor")]
    [InlineData("http://monitor:80")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string address) =>
        Assert.Contains("tcp://localhost:9876", Assert.Throws<ArgumentException>(() => Reactor.Forward(address)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Its_text_is_what_was_written() =>
        Assert.Equal("""Over(1).Forward("udp://monitor:9876")""", Reactor.Over(1).Forward("udp://monitor").ToString());
}
