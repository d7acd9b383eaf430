namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest DistinctCount() =>
        Reactors.Test(Reactor.DistinctCount(TimeSpan.FromSeconds(60), Field.Meta("user")))
            .Given(Login("ann")).After(seconds: 10)
            .Given(Login("bob")).After(seconds: 10)
            .Given(Login("ann")).After(seconds: 40)
            .Emits(2d);

    static Event Login(string user) => new() { Service = "login", Meta = new Dictionary<string, MetaValue> { ["user"] = user } };
}
