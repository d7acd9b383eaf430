namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest ZScore() =>
        Reactors.Test(Reactor.ZScore(4))
            .Given(10, 12, 10, 12, 11, 20)
            .Emits(0, 8.75 / Math.Sqrt(2.75 / 3));

    public static ReactorTest ZScore_of_a_time() =>
        Reactors.Test(Reactor.ZScore(TimeSpan.FromSeconds(30)))
            .Given(10).After(seconds: 10)
            .Given(12).After(seconds: 10)
            .Given(14).After(seconds: 10)
            .Given(17)
            .Emits(4 / Math.Sqrt(2));
}
