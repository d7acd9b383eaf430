namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Limit() =>
        Reactors.Test(Reactor.Limit(2, per: TimeSpan.FromSeconds(10)))
            .Given("a").After(seconds: 8)
            .Given("b", "c").After(seconds: 2)
            .Given("d", "e").After(seconds: 7)
            .Given("f").After(seconds: 1)
            .Given("g")
            .Emits("a", "b", "d", "g");
}
