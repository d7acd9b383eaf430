namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Rollup() =>
        Reactors.Test(Reactor.Rollup(TimeSpan.FromSeconds(60), limit: 2))
            .Given("disk", "cpu", "memory").After(seconds: 60)
            .EmitsBatches(["disk", "cpu"])
            .After(seconds: 30).Given("swap").After(seconds: 30)
            .EmitsBatches(["memory", "swap"]);
}
