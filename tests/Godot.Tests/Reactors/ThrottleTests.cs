namespace Godot.Tests;

public sealed class ThrottleTests
{
    [Fact]
    public void Passes_the_first_events_of_each_window_and_drops_the_rest() =>
        Reactors.Test(r => r.Throttle(2, per: TimeSpan.FromSeconds(10)))
            .Given("a", "b", "c").After(seconds: 9)
            .Given("d").After(seconds: 1)
            .Given("e").Emits("a", "b", "e");

    [Fact]
    public void An_event_at_the_end_of_a_window_is_in_the_next() =>
        Reactors.Test(r => r.Throttle(2, Sample.Seconds(1)))
            .Given(1).After(0.010).Given(2).After(0.010).Given(3).After(0.979).Given(4).After(0.001).Given(5).Emits(1d, 2, 5);

    [Fact]
    public void Windows_follow_each_other_without_a_gap()
    {
        ReactorTest test = Reactors.Test(r => r.Throttle(1, Sample.Seconds(0.5)));
        for (int i = 1; i <= 7; i++) test.Given(i).After(0.2);
        test.Emits(1d, 4, 6);
    }

    [Fact]
    public void The_first_window_opens_with_the_first_event() =>
        Reactors.Test(r => r.Throttle(1, Sample.Seconds(1))).After(0.3).Given(1).After(0.9).Given(2).After(0.1).Given(3).Emits(1d, 3);

    [Fact]
    public void All_series_share_the_window() =>
        Reactors.Test(r => r.Throttle(1, Sample.Seconds(1))).Given(Sample.Of("cpu", host: "a"), Sample.Of("disk", host: "b")).Emits("cpu");

    [Fact]
    public void Inside_By_each_tuple_has_its_own() =>
        Reactors.Test(r => r.By("host", h => h.Throttle(1, Sample.Seconds(1))))
            .Given(Sample.Of("1", host: "a"), Sample.Of("2", host: "a"), Sample.Of("3", host: "b")).Emits("1", "3");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Throttle(0, Sample.Seconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Throttle(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Throttle(1, TimeSpan.MaxValue));
    }
}
