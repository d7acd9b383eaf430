namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest NotFollowedBy() =>
        Reactors.Test(
            Reactor.By("host", r => r.When("service", "deploy").NotFollowedBy("service", "heartbeat", within: TimeSpan.FromSeconds(10))))
            .Given(new Event { Host = "web1", Service = "deploy" }, new Event { Host = "web2", Service = "deploy" }).After(seconds: 4)
            .Given(new Event { Host = "web1", Service = "heartbeat" }).After(seconds: 6)
            .Emits(new Event { Host = "web2", Service = "deploy" });
}
