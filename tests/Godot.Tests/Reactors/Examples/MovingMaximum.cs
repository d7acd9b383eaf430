namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingMaximum() =>
        Reactors.Test(Reactor.MovingMaximum(3))
            .Given(5, 7, 4, 3, 6)
            .Emits(5, 7, 7, 7, 6);

    public static ReactorTest MovingMaximum_of_a_time() =>
        Reactors.Test(Reactor.MovingMaximum(TimeSpan.FromSeconds(10)))
            .Given(5).After(seconds: 4)
            .Given(7).After(seconds: 4)
            .Given(4).After(seconds: 6)
            .Given(3)
            .Emits(5, 7, 7, 4);
}
