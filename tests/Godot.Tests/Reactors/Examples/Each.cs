namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Each() =>
        Reactors.Test(Reactor.Batch(3, TimeSpan.FromSeconds(60)).Where(events => events.Count == 3).Each())
            .Given("connection lost").After(seconds: 60)
            .Given("connection lost", "time out", "connection lost")
            .Emits("connection lost", "time out", "connection lost");
}
