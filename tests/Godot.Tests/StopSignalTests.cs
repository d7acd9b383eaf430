using Godot.Common;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

public sealed class StopSignalTests
{
    [Fact]
    public void Signals_within_a_second_count_once_and_the_next_one_ends_the_program()
    {
        FakeTimeProvider clock = new();
        using StopSignal signal = new(clock);
        Assert.False(signal.Given.IsCancellationRequested);
        Assert.True(signal.Take());
        Assert.True(signal.Given.IsCancellationRequested);
        Assert.True(signal.Take());
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.True(signal.Take());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(signal.Take());
    }
}
