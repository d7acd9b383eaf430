namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Alert() =>
        Reactors.Test(Reactor.Where("service", "cpu")
                .Alert(critical: e => e.Metric > 90, clear: e => e.Metric < 80, after: TimeSpan.FromSeconds(20))
                .Notify(Policy.To(new Pager("ops"))))
            .Given(new Event { Host = "app", Service = "cpu", Metric = 95 }).After(seconds: 10)
            .Given(new Event { Host = "app", Service = "cpu", Metric = 97 }).After(seconds: 20)
            .Given(new Event { Host = "app", Service = "cpu", Metric = 85 }).After(seconds: 10)
            .Given(new Event { Host = "app", Service = "cpu", Metric = 70 })
            .Emits(97, 70);

    public static ReactorTest Alert_by_silence() =>
        Reactors.Test(Reactor.Where("service", "backup").Alert(silentFor: TimeSpan.FromSeconds(30)).Notify(Policy.To(new Pager("ops"))))
            .Given("backup").After(seconds: 40)
            .Emits(new Event { Service = "backup", State = "expired" })
            .Given("backup").After(seconds: 1)
            .Emits("backup");

    public static ReactorTest Alert_by_the_events_own_state() =>
        Reactors.Test(Reactor.Alert(clearAfter: TimeSpan.FromSeconds(20)).Notify(Policy.To(new Pager("ops"))))
            .Given(new Event { Service = "api", State = "ok", Metric = 1 }).After(seconds: 5)
            .Given(new Event { Service = "api", State = "critical", Metric = 2 }).After(seconds: 5)
            .Given(new Event { Service = "api", State = "ok", Metric = 3 }).After(seconds: 5)
            .Given(new Event { Service = "api", State = "critical", Metric = 4 }).After(seconds: 5)
            .Given(new Event { Service = "api", State = "ok", Metric = 5 }).After(seconds: 20)
            .Emits(2, 5);
}
