using Microsoft.Extensions.Time.Testing;

namespace Godot.Cli.Tests;

public class CountingStageTests
{
    readonly FakeTimeProvider clock = new();
    readonly List<Count> counts = [];

    [Fact]
    public async Task The_first_interval_begins_with_the_first_event_and_each_counts_anew()
    {
        await using Engine engine = new(new EngineOptions { TimeProvider = clock });
        engine.Add(Reactor.Empty.Then(() => new CountingStage(TimeSpan.FromSeconds(10), counts.Add)));

        clock.Advance(TimeSpan.FromSeconds(7));
        engine.Feed(new Event());
        engine.Feed(new Event());
        clock.Advance(TimeSpan.FromSeconds(10));
        engine.Feed(new Event());
        clock.Advance(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([new Count(2, 10), new Count(1, 10), new Count(0, 10)], counts);
    }

    [Fact]
    public async Task What_came_since_the_last_interval_is_counted_at_the_end()
    {
        await using Engine engine = new(new EngineOptions { TimeProvider = clock });
        engine.Add(Reactor.Empty.Then(() => new CountingStage(TimeSpan.FromSeconds(10), counts.Add)));

        engine.Feed(new Event());
        clock.Advance(TimeSpan.FromSeconds(4));
        await engine.StopAsync();

        Assert.Equal([new Count(1, 4)], counts);
    }

    [Fact]
    public void A_count_survives_the_way_from_process_to_process()
    {
        Count count = new(1_069_482, 10.000_123_4);

        Assert.Equal(count, Count.Parse(count.ToString()));
    }
}
