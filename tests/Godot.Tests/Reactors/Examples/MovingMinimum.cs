namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingMinimum() =>
        Reactors.Test(Reactor.MovingMinimum(3))
            .Given(5, 3, 4, 6, 7)
            .Emits(5, 3, 3, 3, 4);

    public static ReactorTest MovingMinimum_of_a_time() =>
        Reactors.Test(Reactor.MovingMinimum(TimeSpan.FromSeconds(10)))
            .Given(5).After(seconds: 4)
            .Given(3).After(seconds: 4)
            .Given(6).After(seconds: 6)
            .Given(7)
            .Emits(5, 3, 3, 6);
}
