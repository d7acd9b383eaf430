namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingEventWindow() =>
        Reactors.Test(Reactor.MovingEventWindow(2))
            .Given("stopped").After(seconds: 5)
            .Given("starting").After(seconds: 5)
            .Given("running")
            .EmitsBatches(["stopped"], ["stopped", "starting"], ["starting", "running"]);
}
