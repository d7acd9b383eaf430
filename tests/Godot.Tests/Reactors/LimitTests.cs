using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class LimitTests
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Once_an_hour_is_once_in_any_hour() =>
        Reactors.Test(r => r.Limit(1, Hour)).Given("a").After(TimeSpan.FromMinutes(119)).Given("b").After(TimeSpan.FromMinutes(2))
            .Given("c")
            .After(TimeSpan.FromMinutes(57.99)).Given("d").After(TimeSpan.FromMinutes(0.01)).Given("e").Emits("a", "b", "e");

    [Property(MaxTest = 100)]
    public FsCheck.Property No_span_has_more_than_the_limit_and_none_is_dropped_without_need() =>
        Prop.ForAll(Gen.Choose(0, 7).ArrayOf().ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (gaps, count) =>
        {
            const int span = 10;
            ReactorTest test = Reactors.Test(r => r.Limit(count, Sample.Seconds(span)));
            List<double> expected = [];
            int now = 0;
            foreach ((int i, int gap) in gaps.Index())
            {
                now += gap;
                test.After(gap).Given("e");
                if (i % 3 == 0) test.Restart();
                if (expected.Count(passed => passed > now - span) < count) expected.Add(now);
            }
            Assert.Equal(expected, test.Times());
        });

    [Fact]
    public void All_series_share_it_and_inside_By_each_tuple_has_its_own()
    {
        Event[] events = [Sample.Of("1", host: "a"), Sample.Of("2", host: "a"), Sample.Of("3", host: "b")];
        Reactors.Test(r => r.Limit(1, Hour)).Given(events).Emits("1");
        Reactors.Test(r => r.By("host", h => h.Limit(1, Hour))).Given(events).Emits("1", "3");
    }

    [Fact]
    public void It_is_remembered_as_long_as_its_span_however_long_nothing_comes() =>
        Reactors.Test(r => r.By(["host", "service"], each => each.Limit(1, TimeSpan.FromDays(7)))).Given("a").After(TimeSpan.FromHours(31))
            .Given("a")
            .After(TimeSpan.FromHours(31)).Given("a").Emits("a").After(TimeSpan.FromDays(5)).Given("a").Emits("a");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Limit(0, Hour));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Limit(1_000_001, Hour));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Limit(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Limit(1, TimeSpan.MaxValue));
    }
}
