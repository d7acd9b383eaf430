namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest First() =>
        Reactors.Test(Reactor.Sessions(TimeSpan.FromSeconds(30)).First())
            .Given("disk slow").After(seconds: 10)
            .Given("requests slow").After(seconds: 10)
            .Given("queue full").After(seconds: 30)
            .Emits("disk slow");
}
