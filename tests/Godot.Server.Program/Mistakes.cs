using Godot;

/// <summary>Rules that cannot be built, each by its name, before anything else of Godot is touched.</summary>
static class Mistakes
{
    public static Recipe Make(string mistake) => mistake switch
    {
        "field" => Reactor.Where("servce", "cpu"),
        "static" => InStaticField.Rule,
        "port" => Of(GodotServer.Tcp(70000)),
        "template" => Reactor.Over(1).Email(to: "user@host.com", subject: "{servce}"),
        "to" => Reactor.Over(1).Email(to: "userhost"),
        "query" => Reactor.Where(Query.Parse("service = ")),
        "number" => Reactor.Throttle(0, TimeSpan.FromSeconds(1)),
        "interval" => Reactor.Over(1).Email(to: "user@host.com", interval: TimeSpan.FromSeconds(-1)),
        "outputPort" => Reactor.Over(1).Graphite("localhost", port: 0),
        "topic" => Reactor.Publish(""),
        "theirs" => throw new ArgumentException("It is none of ours."),
        "null" => Of(null),
        _ => Reactor.Over(0),
    };

    static Reactor Of(GodotServer? server) => server!.Reactors.Count == 0 ? Reactor.Over(0) : Reactor.Over(1);

    static class InStaticField
    {
        public static readonly Reactor Rule = Reactor.Where("servce", "cpu");
    }
}
