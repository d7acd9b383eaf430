namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Sessions() =>
        Reactors.Test(Reactor.Sessions(TimeSpan.FromSeconds(30)))
            .Given("open").After(seconds: 20)
            .Given("search").After(seconds: 29)
            .Given("buy").After(seconds: 30)
            .EmitsBatches(["open", "search", "buy"])
            .After(seconds: 10).Given("open").After(seconds: 30)
            .EmitsBatches(["open"]);
}
