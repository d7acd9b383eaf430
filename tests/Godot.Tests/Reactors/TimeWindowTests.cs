using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

/// <summary>Windows by arrival; those by the events' own time have a file of their own.</summary>
public sealed class TimeWindowTests
{
    [Fact]
    public void Windows_follow_each_other_from_the_first_event_on()
    {
        ReactorTest test = Reactors.Test(r => r.TimeWindow(Sample.Seconds(10))).After(3).Given("a").After(9).Given("b").After(23).Given("c")
            .After(10)
            .EmitsBatches(["a", "b"], ["c"]);
        Assert.Equal([13, 43], test.Times());
    }

    [Fact]
    public void An_event_at_the_end_is_of_the_next_window() =>
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(10))).Given("a").After(10).Given("b").After(10)
        .EmitsBatches(["a"], ["b"]);

    [Fact]
    public void An_empty_window_emits_nothing() =>
        Assert.Single(Reactors.Test(r => r.TimeWindow(Sample.Seconds(10))).Given("a").After(1000).Emitted);

    [Fact]
    public void The_events_own_time_makes_no_difference_and_no_metric_is_missed() =>
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(10))).Given(Sample.Of("a", -1e308) with { Time = Sample.At(-1e6) }).After(5)
            .Given(Sample.Of("b", state: "expired") with { Time = Sample.At(1e6) }).After(5)
            .EmitsBatches(["a", "b"]);

    [Fact]
    public void Aligned_windows_begin_with_the_clock_and_its_offset()
    {
        ReactorTest test = Reactors.Test(r => r.TimeWindow(Sample.Seconds(60), offset: Sample.Seconds(15))).After(14).Given("a").After(1)
            .Given("b").After(59.9)
            .Given("c").After(0.1).EmitsBatches(["a"], ["b", "c"]);
        Assert.Equal([15, 75], test.Times());
    }

    [Fact]
    public void A_window_goes_on_after_a_restart_and_comes_out_at_the_end()
    {
        foreach (TimeSpan? offset in (TimeSpan?[])[null, TimeSpan.Zero])
        {
            Assert.Equal([10], Reactors.Test(r => r.TimeWindow(Sample.Seconds(10), offset)).Given("a").After(6).Restart().Given("b")
                .After(10).EmitsBatches(["a", "b"]).Times());
            Reactors.Test(r => r.TimeWindow(Sample.Seconds(10), offset)).Given("a").End().EmitsBatches(["a"]);
        }
    }

    [Fact]
    public void What_is_beyond_the_limit_is_lost_and_counted() =>
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(10), limit: 2)).Given("a", "b", "c").Loses(1).After(10).EmitsBatches(["a", "b"])
        .Given("d").After(10).EmitsBatches(["d"]);

    [Fact]
    public void All_series_share_a_window_or_each_tuple_of_By_has_its_own()
    {
        Event[] events = [Sample.Of("1", host: "a"), Sample.Of("2", host: "b"), Sample.Of("3", host: "a")];
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(1))).Given(events).After(1).EmitsBatches(["1", "2", "3"]);
        Reactors.Test(r => r.By("host", h => h.TimeWindow(Sample.Seconds(1)))).Given(events).After(1).EmitsBatches(["1", "3"], ["2"]);
    }

    [Fact]
    public void A_moving_window_holds_what_came_less_than_its_length_before() =>
        Reactors.Test(r => r.MovingTimeWindow(Sample.Seconds(1)))
            .Given("a").After(0.5).Given("b").After(0.499).Given("c").After(0.001).Given("d").After(8).Given("e").Restart().After(0.5)
            .Given("f")
            .EmitsBatches(["a"], ["a", "b"], ["a", "b", "c"], ["b", "c", "d"], ["e"], ["e", "f"]);

    [Fact]
    public void A_moving_window_does_not_look_at_the_events_own_time() =>
        Reactors.Test(r => r.MovingTimeWindow(Sample.Seconds(1))).Given(Sample.Of("a") with { Time = Sample.At(-1e6) }).After(0.01)
            .Given(Sample.Of("b") with { Time = Sample.At(1e6) }).EmitsBatches(["a"], ["a", "b"]);

    [Fact]
    public void A_moving_window_has_room_again_when_events_have_left_it() =>
        Reactors.Test(r => r.MovingTimeWindow(Sample.Seconds(10), limit: 2)).Given("a", "b", "c").Loses(1).After(10).Given("d")
        .EmitsBatches(["a"], ["a", "b"], ["d"]);

    static Arbitrary<(int[] Gaps, int Length)> Stories =>
        Gen.Zip(Gen.Choose(0, 9).ArrayOf(), Gen.Choose(1, 20)).Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    [Property(MaxTest = 50)]
    public Property Windows_are_what_their_definition_says() => Prop.ForAll(Stories, story =>
    {
        TimeSpan length = Sample.Seconds(story.Length);
        ReactorTest fromFirst = Reactors.Test(r => r.TimeWindow(length));
        ReactorTest aligned = Reactors.Test(r => r.TimeWindow(length, offset: TimeSpan.Zero));
        ReactorTest moving = Reactors.Test(r => r.MovingTimeWindow(length));
        List<(int At, string Name)> events = [];
        foreach ((int i, int gap) in story.Gaps.Index())
        {
            foreach (ReactorTest test in (ReactorTest[])[fromFirst, aligned, moving]) test.After(gap).Given("s" + i);
            events.Add(((events.Count == 0 ? 0 : events[^1].At) + gap, "s" + i));
        }
        // The clock began at 2025-01-01, so many seconds after the epoch that windows are aligned to.
        long epoch = Sample.At(0).ToUnixTimeSeconds();
        string[][] By(Func<int, long> window) =>
            [.. events.GroupBy(e => window(e.At)).Select(group => group.Select(e => e.Name).ToArray())];
        fromFirst.After(length).EmitsBatches(By(at => (at - events[0].At) / story.Length));
        aligned.After(length).EmitsBatches(By(at => (epoch + at) / story.Length));
        moving.EmitsBatches(
            [.. events.Select((last, i) => events.Take(i + 1).Where(e => e.At > last.At - story.Length).Select(e => e.Name).ToArray())]);
    });

    [Fact]
    public void What_cannot_work_is_refused()
    {
        TimeSpan second = Sample.Seconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.TimeWindow(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.TimeWindow(second, offset: second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.TimeWindow(second, offset: -second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.TimeWindow(second, lateness: -second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.TimeWindow(second, limit: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingTimeWindow(TimeSpan.Zero));
    }

    [Fact]
    public void The_text_shows_what_was_given() =>
        Assert.Equal("TimeWindow(60m, offset: 15m, lateness: 10s, limit: 5)",
            Reactor.TimeWindow(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(15), Sample.Seconds(10), 5).ToString());
}
