namespace Godot.Tests;

public sealed class ExpiredTests
{
    static readonly Event[] Events =
        [Sample.Of("a", state: "expired"), Sample.Of("b", state: "ok"), Sample.Of("c"), Sample.Of("d", state: "Expired"),
            Sample.Of("e", state: "expired ")];

    [Fact]
    public void Passes_what_says_that_it_is_expired() => Reactors.Test(r => r.Expired()).Given(Events).Emits("a");

    [Fact]
    public void NotExpired_passes_the_rest() => Reactors.Test(r => r.NotExpired()).Given(Events).Emits("b", "c", "d", "e");

    [Fact]
    public void An_old_event_that_has_just_come_is_not_expired() =>
        Reactors.Test(r => r.NotExpired()).Given(new Event { Service = "a", Time = Sample.At(-1000), Ttl = Sample.Seconds(1) }).Emits("a");
}
