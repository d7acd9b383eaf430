using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

public sealed class StressTests
{
    [Fact]
    public async Task Threads_that_feed_reactors_that_come_and_go_and_idle_sweeps_at_once_leave_nothing_behind()
    {
        FakeTimeProvider clock = new();
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 64, IdleAfter = TimeSpan.FromSeconds(2), ForgetAfter = TimeSpan.FromSeconds(2),
                MaxSeries = 20_000, MaxKeys = 3000 });
        bool done = false;
        Func<Reactor, Recipe>[] recipes =
        [
            r => r.MovingAverage(3), r => r.MovingAverage(2000), r => r.Expire(TimeSpan.FromSeconds(3)),
                r => r.By("host", h => h.Count(TimeSpan.FromSeconds(2))),
            r => r.By(["host", "service"], s => s.Count(TimeSpan.FromSeconds(1))),
            r => r.Map(e => e with { Service = e.Host }).WeightedAverage(1, 2).Count(TimeSpan.FromSeconds(5)),
            r => r.Expire().By("service", s => s.Rollup(TimeSpan.FromSeconds(1))),
            r => r.Then(() => new Echo(TimeSpan.FromSeconds(1))).By("host", h => h.MovingAverage(4)),
        ];
        List<Task> tasks = [];
        for (int t = 0; t < 3; t++)
        {
            int seed = t;
            tasks.Add(Task.Factory.StartNew(() =>
            {
                Random random = new(seed);
                Intake intake = engine.OpenIntake();
                Block block = new();
                while (!Volatile.Read(ref done))
                {
                    block.Clear();
                    int names = random.Next(2) == 0 ? 50 : 5000;
                    for (int i = random.Next(300); i >= 0; i--)
                        block.Add(new Event { Host = "h" + random.Next(20), Service = "s" + random.Next(names), Metric = i,
                            Time = clock.GetUtcNow(), Ttl = TimeSpan.FromSeconds(random.Next(1, 5)) });
                    intake.Run(block);
                }
            }, TaskCreationOptions.LongRunning));
        }
        tasks.Add(Task.Factory.StartNew(() =>
        {
            Random random = new(99);
            while (!Volatile.Read(ref done))
            {
                string name = "r" + random.Next(16);
                if (!engine.Remove(name))
                    engine.Add(recipes[random.Next(recipes.Length)](random.Next(2) == 0 ? Reactor.Where("service", "*")
                        : Reactor.Where("host", "h" + random.Next(20))), name);
                Thread.Sleep(random.Next(10));
            }
        }, TaskCreationOptions.LongRunning));
        tasks.Add(Task.Factory.StartNew(() =>
        {
            while (!Volatile.Read(ref done))
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                Thread.Sleep(1);
            }
        }, TaskCreationOptions.LongRunning));
        await Task.WhenAny(Task.Delay(2_000, TestContext.Current.CancellationToken), Task.WhenAny(tasks));
        Volatile.Write(ref done, true);
        await Task.WhenAll(tasks);
        Assert.Equal(0, engine.StageCounts().Sum(stage => stage.Failed));
        foreach (string name in engine.Reactors) engine.Remove(name);
        for (int i = 0; i < 100; i++) clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(0, engine.SeriesCount);
        Assert.Equal(long.MaxValue, engine.Lanes.Min(lane => lane.NextDue));
    }
}
