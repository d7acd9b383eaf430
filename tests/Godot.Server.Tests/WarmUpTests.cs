namespace Godot;

public class WarmUpTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_events_that_warm_a_udp_server_up_are_seen_by_nobody_and_counted_nowhere()
    {
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Udp).With(new() { Engine = new() { LoggerFactory = log } }).React("seen", seen.Recipe);
        await server.StartAsync(Stop);

        Assert.True(WarmUp.OnceAsync().IsCompletedSuccessfully);
        Assert.Empty(seen.Services);
        Assert.Equal((0, 0, 0), (server.Counters().Received, server.Counters().AllRejected, server.Counters().Bytes));
        Assert.Equal(0, server.Run!.Engine.SeriesCount);
        Assert.Equal(["seen"], server.Reactors);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public async Task What_it_makes_up_are_events()
    {
        InputCounters counted = await WarmUp.RunAsync(TimeSpan.Zero);
        Assert.InRange(counted.Received, 1, 256);
        Assert.Equal(0, counted.AllRejected);
    }
}
