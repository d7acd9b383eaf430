namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Last() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60)).Last())
            .Given("starting").After(seconds: 10)
            .Given("migrating").After(seconds: 20)
            .Given("running").After(seconds: 30)
            .Emits("running");
}
