namespace Godot.Tests;

public sealed class ExceptionStreamTests
{
    static Reactor Throwing(Reactor r) => r.Map(e => e.Metric > 5 ? throw new InvalidOperationException("too much") : e);

    [Fact]
    public void A_lost_event_is_told_with_its_exception()
    {
        ReactorTest test = Reactors.Test(r => r.ExceptionStream(Throwing, failed => failed.Console(e => e.Description ?? "")))
            .Given(1, 9, 2).Loses(1).Emits(1, 2);
        Event told = Assert.Single(Assert.Single(test.Sent).Events);
        Assert.Equal((9d, "exception", "InvalidOperationException: too much"), (told.Metric, told.State, told.Description));
    }

    [Fact]
    public void What_comes_after_it_is_not_its_business() =>
        Assert.Empty(Reactors.Test(r => Throwing(r.ExceptionStream(inner => inner.Over(0), failed => failed.Console()))).Given(9)
            .Loses(1).Sent);

    [Fact]
    public void It_reaches_into_segments_and_scopes_inside()
    {
        ReactorTest test =
            Reactors.Test(r =>
                r.ExceptionStream(inner => inner.By("host", h => Throwing(h.MovingAverage(1))).Across(all => Throwing(all)),
                    failed => failed.Throttle(2, Sample.Seconds(1)).Console()))
            .Given(9, 9, 9).Loses(3);
        Assert.Equal(2, test.Sent.Count);
    }

    [Fact]
    public void A_filter_that_throws_is_heard_too() =>
        Assert.Single(
            Reactors.Test(r =>
                r.ExceptionStream(inner => inner.Where(e => e.Metric > 1 ? throw new InvalidOperationException() : true),
                    failed => failed.Console())).Given(1, 2).Loses(1).Emits(1d).Sent);
}
