namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Throttle() =>
        Reactors.Test(Reactor.Throttle(2, per: TimeSpan.FromSeconds(10)))
            .Given("a", "b", "c").After(seconds: 9)
            .Given("d").After(seconds: 1)
            .Given("e")
            .Emits("a", "b", "e");
}
