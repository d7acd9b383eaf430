using Microsoft.Extensions.Time.Testing;

namespace Godot;

public class ReaderSlotsTests
{
    readonly FakeTimeProvider clock = new();
    readonly ReaderSlots slots;

    public ReaderSlotsTests() =>
        slots = new(new Engine(new() { TimeProvider = clock }), new GodotServerOptions { Engine = new() { TimeProvider = clock } }.Inputs);

    [Fact]
    public void As_many_busy_connections_as_there_are_processors_keep_a_turn()
    {
        KeepAll();
        Assert.False(slots.Crowded);
    }

    [Fact]
    public void With_one_more_all_take_turns_for_a_second()
    {
        List<ReaderSlot> kept = KeepAll();
        Assert.False(slots.TryKeep(out _));
        Assert.True(slots.Crowded);
        kept.ForEach(slots.EndKeeping);
        Assert.False(slots.TryKeep(out _));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(slots.Crowded);
        Assert.Equal(kept.Count, KeepAll().Count);
    }

    [Fact]
    public async Task Kept_turns_are_not_among_those_that_are_shared()
    {
        List<ReaderSlot> kept = KeepAll();
        Assert.DoesNotContain(await slots.TakeAsync(), kept);
    }

    List<ReaderSlot> KeepAll()
    {
        List<ReaderSlot> kept = [];
        for (int i = 0; i < Math.Max(2, Environment.ProcessorCount); i++)
        {
            Assert.True(slots.TryKeep(out ReaderSlot? turn));
            kept.Add(turn);
        }
        return kept;
    }
}
