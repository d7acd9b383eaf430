namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Map_of_batches() =>
        Reactors.Test(Reactor.EventWindow(3).Map(events => [.. events.OrderBy(e => e.Service, StringComparer.Ordinal)]))
            .Given("web", "cache", "database")
            .EmitsBatches(["cache", "database", "web"]);
}
