namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingSum() =>
        Reactors.Test(Reactor.MovingSum(3))
            .Given(1, 2, 3, 4, 5)
            .Emits(1d, 3, 6, 9, 12);

    public static ReactorTest MovingSum_of_a_time() =>
        Reactors.Test(Reactor.MovingSum(TimeSpan.FromSeconds(60)))
            .Given(5).After(seconds: 30)
            .Given(2).After(seconds: 30)
            .Given(1).After(seconds: 90)
            .Given(4)
            .Emits(5d, 7, 3, 4);
}
