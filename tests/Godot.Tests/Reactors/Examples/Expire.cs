namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Expire() =>
        Reactors.Test(Reactor.Expire(TimeSpan.FromSeconds(60)))
            .Given("api", "db").After(seconds: 40)
            .Given("api").After(seconds: 20)
            .Emits(new Event { Service = "db", State = "expired" })
            .After(seconds: 20).Given("api", "db").After(seconds: 60)
            .Emits(new Event { Service = "api", State = "expired" }, new Event { Service = "db", State = "expired" });

    public static ReactorTest Expire_by_the_events_own_ttl() =>
        Reactors.Test(Reactor.Expire(grace: TimeSpan.FromSeconds(5)))
            .Given(new Event { Service = "backup", Ttl = TimeSpan.FromSeconds(40) },
                new Event { Service = "api", Ttl = TimeSpan.FromSeconds(10) }, new Event { Service = "no ttl" })
            .After(seconds: 60)
            .Emits(new Event { Service = "api", State = "expired" }, new Event { Service = "backup", State = "expired" });

    public static ReactorTest Expire_of_what_must_exist() =>
        Reactors.Test(Reactor.Expire(TimeSpan.FromSeconds(60), expecting: [("host", "api"), ("host", "db")]))
            .After(seconds: 20).Given("api").After(seconds: 40)
            .Emits(new Event { Service = "db", State = "expired", Description = "Never seen since the monitor started." })
            .After(seconds: 20)
            .Emits(new Event { Service = "api", State = "expired" });
}
