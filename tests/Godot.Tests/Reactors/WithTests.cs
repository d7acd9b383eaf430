namespace Godot.Tests;

public sealed class WithTests
{
    static readonly Event Full =
        new() { Host = "h", Service = "s", State = "ok", Description = "d", Metric = 1, Ttl = Sample.Seconds(5), Tags = ["t"],
            Time = Sample.At(3) };

    [Fact]
    public void Sets_what_is_named_and_leaves_the_rest() =>
        Reactors.Test(r => r.With(host: "a", state: "critical", ttl: TimeSpan.Zero)).Given(Full, new Event())
            .Emits(Full with { Host = "a", State = "critical", Ttl = TimeSpan.Zero },
                new Event { Host = "a", Service = null, State = "critical", Metric = null, Ttl = TimeSpan.Zero });

    [Fact]
    public void Every_field_can_be_set()
    {
        Event other = new() { Host = "a", Service = "b", State = "c", Description = "e", Metric = -1e300, Ttl = Sample.Seconds(9) };
        Reactors.Test(r => r.With("a", "b", "c", "e", -1e300, Sample.Seconds(9))).Given(Full).Emits(other);
    }

    [Fact]
    public void Default_sets_only_what_is_missing() =>
        Reactors.Test(r => r.Default("a", "b", "c", "e", 7, Sample.Seconds(9))).Given(Full, new Event { State = "", Metric = 0 })
            .Emits(Full, new Event { Host = "a", Service = "b", State = "", Description = "e", Metric = 0, Ttl = Sample.Seconds(9) });

    [Fact]
    public void What_follows_sees_the_new_series() =>
        Reactors.Test(r => r.With(service: "all").MovingAverage(2)).Given(Sample.Of("a", 1, "h"), Sample.Of("b", 3, "h")).Emits(1, 2);

    [Fact]
    public void What_follows_sees_the_new_value_of_a_By() =>
        Reactors.Test(r => r.Default(state: "ok").By("state", s => s.MovingAverage(2)))
        .Given(Sample.Of("a", 1), Sample.Of("a", 3, state: "ok")).Emits(1, 2);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Contains("With(state:", Assert.Throws<ArgumentException>(() => Reactor.With()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reactor.Default());
        Assert.Throws<ArgumentException>(() => Reactor.With(metric: double.NaN));
        Assert.Throws<ArgumentException>(() => Reactor.With(state: new string('x', 255)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Default(ttl: Sample.Seconds(-1)));
    }
}
