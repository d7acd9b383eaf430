using Microsoft.Extensions.Time.Testing;

namespace Godot;

public class TurnsTests
{
    readonly FakeTimeProvider clock = new();
    readonly Turns turns;

    public TurnsTests() => turns = new(new Engine(new() { Clock = clock }), new GodotServerOptions { Engine = new EngineOptions { Clock = clock } });

    [Fact]
    public void As_many_busy_connections_as_there_are_processors_keep_a_turn()
    {
        KeepAll();
        Assert.False(turns.Crowded);
    }

    [Fact]
    public void With_one_more_all_take_turns_for_a_second()
    {
        List<Turn> kept = KeepAll();
        Assert.False(turns.TryKeep(out _));
        Assert.True(turns.Crowded);
        kept.ForEach(turns.EndKeeping);
        Assert.False(turns.TryKeep(out _));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(turns.Crowded);
        Assert.Equal(kept.Count, KeepAll().Count);
    }

    [Fact]
    public async Task Kept_turns_are_not_among_those_that_are_shared()
    {
        List<Turn> kept = KeepAll();
        Assert.DoesNotContain(await turns.TakeAsync(), kept);
    }

    List<Turn> KeepAll()
    {
        List<Turn> kept = [];
        for (int i = 0; i < Math.Max(2, Environment.ProcessorCount); i++)
        {
            Assert.True(turns.TryKeep(out Turn? turn));
            kept.Add(turn);
        }
        return kept;
    }
}
