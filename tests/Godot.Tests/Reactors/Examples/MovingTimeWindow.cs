namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingTimeWindow() =>
        Reactors.Test(Reactor.MovingTimeWindow(TimeSpan.FromSeconds(10)))
            .Given("a").After(seconds: 6)
            .Given("b").After(seconds: 4)
            .Given("c").After(seconds: 10)
            .Given("d")
            .EmitsBatches(["a"], ["a", "b"], ["b", "c"], ["d"]);

    public static ReactorTest MovingTimeWindow_of_the_events_own_time() =>
        Reactors.Test(Reactor.MovingTimeWindow(TimeSpan.FromSeconds(10), lateness: TimeSpan.FromSeconds(3)))
            .After(seconds: 8).Given(new Event { Service = "b" }).After(seconds: 2)
            .Given(new Event { Service = "a", Description = "delayed, of 0:07", Time = new(2025, 1, 1, 0, 0, 7, TimeSpan.Zero) })
            .After(seconds: 7)
            .Given(new Event { Service = "c" }).After(seconds: 3)
            .EmitsBatches(["a"], ["a", "b"], ["b", "c"]);
}
