using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

/// <summary>Windows by the events' own time. The virtual clock begins at second 0 of <see cref="Sample.At"/>, on the minute.</summary>
public sealed class EventTimeWindowTests
{
    static Event At(double seconds, string service) => Sample.Of(service) with { Time = Sample.At(seconds) };

    static ReactorTest Minutes(double lateness, int limit = 100) =>
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(60), lateness: Sample.Seconds(lateness), limit: limit));

    static ReactorTest Moving(double lateness, int limit = 100) =>
        Reactors.Test(r => r.MovingTimeWindow(Sample.Seconds(60), lateness: Sample.Seconds(lateness), limit: limit));

    [Fact]
    public void A_newer_event_closes_the_window_when_it_is_past_the_end_by_the_lateness() =>
        Minutes(10).After(1000).Given(At(130, "a"), At(125, "b"), At(189.9, "c")).EmitsNothing().Given(At(150, "d"), At(190, "e"))
        .EmitsBatches(["b", "a", "d"]);

    [Fact]
    public void An_event_of_a_window_that_was_closed_is_dropped_and_counted_as_late()
    {
        ReactorTest test = Minutes(0).After(1000).Given(At(100, "a"), At(120, "b")).EmitsBatches(["a"])
            .Given(At(119.9, "late"), At(60, "late")).EmitsNothing();
        Assert.Equal(2, test.Late);
        test.Given(At(121, "c"), At(180, "d")).EmitsBatches(["b", "c"]);
    }

    [Fact]
    public void While_nothing_newer_comes_the_events_time_goes_on_with_the_clock()
    {
        ReactorTest test = Minutes(10).After(1000).Given(At(100, "a"), At(150, "b")).After(30).Given(At(130, "c")).After(9)
            .EmitsBatches(["a"]).After(0.999)
            .EmitsNothing().After(0.001).EmitsBatches(["c", "b"]);
        Assert.Equal([1000, 1040], test.Times());
    }

    [Fact]
    public void A_pause_in_which_no_window_ended_makes_nothing_late()
    {
        ReactorTest test = Minutes(0).After(1000).Given(At(70, "a")).After(40).Given(At(71, "b")).EmitsNothing().After(49)
            .EmitsBatches(["a", "b"]);
        Assert.Equal(0, test.Late);
    }

    [Fact]
    public void An_event_that_is_ahead_of_the_clock_by_more_than_the_lateness_counts_as_of_its_arrival()
    {
        ReactorTest test =
            Minutes(10).After(70).Given(At(1e8, "wrong clock")).Given(At(65, "a")).After(60).EmitsBatches(["a", "wrong clock"]);
        Assert.Equal(0, test.Late);
        Assert.Equal(Sample.At(1e8), test.Emitted[0].Events[1].Time);
    }

    [Fact]
    public void One_that_is_a_little_ahead_is_in_its_own_window_and_closes_none_early()
    {
        ReactorTest test = Minutes(10).After(55).Given(At(65, "ahead"), At(50, "a")).After(10).Given(At(59, "b")).EmitsNothing().After(11)
            .EmitsBatches(["a", "b"])
            .After(60).EmitsBatches(["ahead"]);
        Assert.Equal([76, 136], test.Times());
    }

    [Fact]
    public void A_host_whose_clock_stands_still_does_not_keep_windows_open()
    {
        ReactorTest test = Minutes(0).After(1000);
        for (int i = 0; i < 10; i++) test.Given(At(100, "s" + i)).After(4);
        Assert.Equal([1020], test.Times());
        Assert.Equal(5, test.Late);
    }

    [Fact]
    public void What_happened_long_ago_is_gathered_by_when_it_happened() =>
        Minutes(0).After(1e6).Given(At(-1e6 * 60, "a"), At(-1e6 * 60 + 59, "b"), At(-1e6 * 60 + 60, "c"), At(0, "d"))
        .EmitsBatches(["a", "b"], ["c"]);

    [Fact]
    public void All_windows_that_are_open_share_the_limit_and_closed_ones_make_room() =>
        Minutes(60, limit: 2).After(1000).Given(At(100, "a"), At(130, "b"), At(131, "c")).Loses(1).Given(At(190, "d")).EmitsBatches(["a"])
        .End().EmitsBatches(["b"], ["d"]);

    [Fact]
    public void Windows_may_have_an_offset() =>
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(60), offset: Sample.Seconds(15), lateness: TimeSpan.Zero)).After(1000)
            .Given(At(74, "a"), At(75, "b"), At(134, "c"), At(135, "d")).EmitsBatches(["a"], ["b", "c"]);

    [Fact]
    public void A_restart_changes_nothing()
    {
        ReactorTest test = Minutes(10).After(1000).Given(At(150, "b"), At(130, "a")).After(20).Restart()
            .Given(At(140, "c"), At(119, "late")).After(19.9).EmitsNothing()
            .After(0.1).EmitsBatches(["a", "c", "b"]);
        Assert.Equal([1040], test.Times());
    }

    [Fact]
    public void What_is_held_comes_out_at_the_end_window_by_window() =>
        Minutes(1000).After(1000).Given(At(170, "c"), At(100, "a"), At(150, "b")).End()
        .EmitsBatches(["a"], ["b", "c"]);

    [Fact]
    public void A_moving_window_waits_for_late_events_and_comes_in_the_order_of_time() =>
        Moving(10).After(1000).Given(At(100, "b"), At(95, "a"), At(111, "c")).EmitsBatches(["a"], ["a", "b"]).Given(At(155, "d"))
        .EmitsBatches(["a", "b", "c"]).After(10)
            .EmitsBatches(["b", "c", "d"]);

    [Fact]
    public void A_moving_window_without_lateness_comes_at_once_and_counts_what_is_out_of_order()
    {
        ReactorTest test =
            Moving(0).After(1000).Given(At(100, "a"), At(100, "b"), At(99.9, "late"), At(160, "c")).EmitsBatches(["a"], ["a", "b"], ["c"]);
        Assert.Equal(1, test.Late);
    }

    [Fact]
    public void A_moving_window_has_room_again_when_events_have_left_it() =>
        Moving(0, limit: 2).After(1000).Given(At(100, "a"), At(101, "b"), At(102, "c")).Loses(1).Given(At(161, "d"))
        .EmitsBatches(["a"], ["a", "b"], ["d"]);

    [Fact]
    public void A_moving_window_outlives_a_restart() =>
        Moving(0).After(1000).Given(At(100, "a")).Restart().Given(At(101, "b"), At(99, "late")).EmitsBatches(["a"], ["a", "b"]);

    /// <summary>Events that arrive after gaps, each delayed by no more than the lateness.</summary>
    static Arbitrary<(int Gap, int Delay)[]> Delayed =>
        Gen.Zip(Gen.Choose(0, 40), Gen.Choose(0, 20)).Select(pair => (pair.Item1, pair.Item2)).ArrayOf().ToArbitrary();

    [Property(MaxTest = 50)]
    public Property What_is_delayed_by_no_more_than_the_lateness_is_gathered_as_if_it_had_come_in_time() => Prop.ForAll(Delayed, story =>
    {
        ReactorTest windows = Minutes(20), moving = Moving(20);
        List<(int Time, string Name)> events = [];
        int now = 0;
        foreach ((int i, (int gap, int delay)) in story.Index())
        {
            now += gap;
            events.Add((now - delay, "s" + i));
            foreach (ReactorTest test in (ReactorTest[])[windows, moving]) test.After(gap).Given(At(now - delay, "s" + i));
        }
        List<(int Time, string Name)> inOrder = [.. events.OrderBy(e => e.Time)];
        windows.After(100)
            .EmitsBatches([.. inOrder.GroupBy(e => Math.Floor(e.Time / 60d)).Select(window => window.Select(e => e.Name).ToArray())]);
        moving.After(100)
            .EmitsBatches(
                [.. inOrder.Select((last, i) => inOrder.Take(i + 1).Where(e => e.Time > last.Time - 60).Select(e => e.Name).ToArray())]);
    });

    static Arbitrary<int[]> Times => Gen.Choose(-200, 200).ArrayOf().ToArbitrary();

    [Property(MaxTest = 50)]
    public Property Of_any_order_each_event_is_in_its_window_or_counted_as_late() =>
        Prop.ForAll(Times, Gen.Choose(0, 90).ToArbitrary(), (times, lateness) =>
    {
        ReactorTest test = Minutes(lateness, limit: 1000).After(1000);
        List<(int Time, string Name)> inTime = [];
        int newest = int.MinValue / 2, late = 0;
        foreach ((int i, int time) in times.Index())
        {
            test.Given(At(time, "s" + i));
            if (60 * Math.Floor(time / 60d) + 60 <= newest - lateness) late++;
            else inTime.Add((time, "s" + i));
            newest = Math.Max(newest, time);
        }
        test.End().EmitsBatches(
            [.. inTime.OrderBy(e => e.Time).GroupBy(e => Math.Floor(e.Time / 60d)).Select(window => window.Select(e => e.Name).ToArray())]);
        return test.Late == late;
    });
}
