namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Console() =>
        Reactors.Test(Reactor.Console(e => $"{e.Service} is {e.State}"))
            .Given(new Event { Service = "db", State = "ok" }).After(seconds: 5)
            .Given(new Event { Service = "db", State = "critical" })
            .Emits("db", "db");
}
