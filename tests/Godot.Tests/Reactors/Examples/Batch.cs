namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Batch() =>
        Reactors.Test(Reactor.Batch(3, TimeSpan.FromSeconds(10)))
            .Given("disk full", "disk full", "disk full").After(seconds: 5)
            .Given("fan broken").After(seconds: 8)
            .Given("fan broken").After(seconds: 2)
            .EmitsBatches(["disk full", "disk full", "disk full"], ["fan broken", "fan broken"]);
}
