namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest When() =>
        Reactors.Test(Reactor.When(e => e.Metric > 90).FollowedBy(e => e.Metric < 50, within: TimeSpan.FromSeconds(10)))
            .Given(95).After(seconds: 3)
            .Given(70).After(seconds: 3)
            .Given(40)
            .Emits(95, 40);
}
