namespace Godot.Tests;

public sealed class ApdexTests
{
    [Fact]
    public void The_thresholds_themselves_satisfy_and_are_tolerated()
    {
        Reactors.Test(r => r.Apdex(Sample.Seconds(1), 10)).Given(10).After(1).Given(40).After(1).Given(40.01).After(1).Emits(1d, 0.5, 0);
        Reactors.Test(r => r.Apdex(Sample.Seconds(1), 10, tolerated: 20)).Given(10.5).After(1).Given(20).After(1).Given(21).After(1)
            .Emits(0.5, 0.5, 0);
    }

    [Fact]
    public void Emits_the_last_event_with_the_score_and_the_time_of_now() =>
        Reactors.Test(r => r.Apdex(Sample.Seconds(1), 10))
            .Given(Sample.Of("a", -5, "x"), Sample.Of("b", 1e300, "y", "expired")).Given(Sample.Of("none")).After(1)
            .Emits(new Event { Host = null, Service = null, State = "expired", Metric = 0.5, Time = Sample.At(1) });

    [Fact]
    public void The_score_so_far_survives_a_restart_and_comes_out_at_the_end() =>
        Reactors.Test(r => r.Apdex(Sample.Seconds(60), 10)).Given(1, 100).After(30).Restart().Given(100, 100).End().Emits(0.25);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Apdex(TimeSpan.Zero, 1));
        Assert.Throws<ArgumentException>(() => Reactor.Apdex(Sample.Seconds(1), double.NaN));
        Assert.Throws<ArgumentException>(() => Reactor.Apdex(Sample.Seconds(1), 10, tolerated: 9));
    }
}
