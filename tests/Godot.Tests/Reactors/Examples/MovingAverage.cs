namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingAverage() =>
        Reactors.Test(Reactor.MovingAverage(3))
            .Given(1).After(seconds: 1)
            .Given(2).After(seconds: 1)
            .Given(3).After(seconds: 1)
            .Given(10)
            .Emits(1, 1.5, 2, 5);

    public static ReactorTest MovingAverage_of_a_time() =>
        Reactors.Test(Reactor.MovingAverage(TimeSpan.FromSeconds(10)))
            .Given(10).After(seconds: 4)
            .Given(20).After(seconds: 6)
            .Given(30).After(seconds: 20)
            .Given(40)
            .Emits(10, 15, 25, 40);
}
