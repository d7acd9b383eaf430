using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Outputs.Tests;

/// <summary>All outputs, with a peer that takes nothing, or little, and comes back.</summary>
public sealed class PeerTests : IDisposable
{
    readonly FakeTimeProvider clock = new(Some.Time);
    readonly LogFactory log = new();
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. Peer.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_takes_nothing_and_comes_back_gets_everything_and_nothing_twice(string kind)
    {
        await using Peer peer = await Peer.StartAsync(kind);
        peer.Stall();
        OutputQueue queue = Open(peer);
        Enqueue(queue, peer);
        // Nobody waits for ever: a console alone has nobody else to turn to.
        while (queue.Report.Failed == 0 && peer.IsLeft) await PassAsync(5);
        peer.Resume();
        // No faster than the peer comes to its turn on a busy machine.
        await AllTaken(queue, peer, () => PassAsync(50));
        Assert.Equal(peer.IsLeft,
            log.Lines.Lines.Exists(line => line.Contains("failed and will be tried again", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_is_slow_gets_everything_and_nothing_twice(string kind)
    {
        await using Peer peer = await Peer.StartAsync(kind);
        peer.Slow(clock);
        OutputQueue queue = Open(peer);
        Enqueue(queue, peer);
        int waits = 0;
        await AllTaken(queue, peer, async () =>
        {
            // Forward writes once its connection has stood for a second.
            if (peer.IsPausing || (kind == "forward" && queue.Report.Sent == 0 && ++waits % 100 == 0)) await PassAsync(1);
            else await Task.Delay(1, Stop);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_takes_nothing_does_not_hold_up_the_stop_and_what_is_lost_is_known(string kind)
    {
        await using Peer peer = await Peer.StartAsync(kind);
        peer.Stall();
        OutputQueue queue = Open(peer);
        Enqueue(queue, peer);
        using CancellationTokenSource hurry = new();
        Task stopping = queue.StopAsync(hurry.Token);
        await hurry.CancelAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal(0, queue.Pending);
        Assert.Equal(queue.Report.Abandoned, kind == "email" ? queue.Report.Abandoned - queue.Report.LostAtStop
            : queue.Report.LostAtStop);
        Assert.InRange(queue.Report.Abandoned, 1, peer.Count);
        peer.Resume();
    }

    public void Dispose() => log.Dispose();

    OutputQueue Open(Peer peer) => new(peer.Recipe, new OutputContext(clock, log, peer.Services));

    static void Enqueue(OutputQueue queue, Peer peer)
    {
        for (int i = 0; i < peer.Count; i++)
            Assert.True(queue.Enqueue(new Notification("all",
                [new Event { Service = $"id-{i}-", Metric = 1, Time = Some.Time, Description = new string('x', 1000) }])));
    }

    async Task AllTaken(OutputQueue queue, Peer peer, Func<Task> pass)
    {
        using CancellationTokenSource tooLong = new(TimeSpan.FromMinutes(2));
        string[] expected = [.. Enumerable.Range(0, peer.Count).Select(i => $"id-{i}-")];
        while (!tooLong.IsCancellationRequested
            && (queue.Report.Sent < peer.Count || (await peer.TakenAsync()).Distinct().Count() < peer.Count))
            await pass();
        string[] taken = [.. await peer.TakenAsync()];
        Assert.Equal(expected, taken.Distinct().OrderBy(id => int.Parse(id.Split('-')[1], null)));
        Assert.InRange(taken.Length, peer.Count, peer.Count + peer.MostTwice);
        Assert.Equal((0, peer.Count, 0, 0), (queue.Pending, queue.Report.Sent, queue.Report.Dropped, queue.Report.Abandoned));
        await queue.StopAsync(Stop);
    }

    // A virtual second; what the peers and the system do takes real time.
    async Task PassAsync(int milliseconds)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(milliseconds, Stop);
    }
}
