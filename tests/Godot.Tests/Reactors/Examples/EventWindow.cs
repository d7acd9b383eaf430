namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest EventWindow() =>
        Reactors.Test(Reactor.EventWindow(3))
            .Given("build", "test").After(seconds: 20)
            .Given("publish", "build").After(seconds: 20)
            .Given("test", "publish", "build")
            .EmitsBatches(["build", "test", "publish"], ["build", "test", "publish"]);
}
