using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class DerivativeTests
{
    static Event Of(double? metric, double at, string? state = null) =>
        new() { Host = "h", Service = "s", Metric = metric, Time = Sample.At(at), State = state };

    [Property(MaxTest = 200)]
    public Property Is_the_change_per_second_of_the_events_own_time() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 9), Gen.Choose(-9, 9)).ListOf().ToArbitrary(), pairs =>
    {
        (double At, double Metric)[] points = [.. pairs.Select(pair => ((double)pair.Item1, (double)pair.Item2))];
        double[] expected =
            [.. points.Zip(points.Skip(1)).Where(pair => pair.Second.At > pair.First.At)
                .Select(pair => (pair.Second.Metric - pair.First.Metric) / (pair.Second.At - pair.First.At))];
        Reactors.Test(r => r.Derivative()).Given([.. points.Select(point => Of(point.Metric, point.At))]).Emits(expected);
    });

    [Fact]
    public void An_event_that_is_not_later_is_dropped_and_the_next_compared_with_it() =>
        Reactors.Test(r => r.Derivative()).Given(Of(0, 10), Of(5, 10), Of(7, 11), Of(100, -1000), Of(101, -999)).Emits(2, 1);

    [Fact]
    public void What_is_earlier_counts_as_late_and_what_is_as_old_does_not()
    {
        Engine engine = new(new EngineOptions { Lanes = 1 });
        engine.Add(Reactor.Derivative(), null, new Recorder());
        foreach (Event e in (Event[])[Of(0, 10), Of(5, 10), Of(7, 9), Of(null, 0)]) engine.Feed(e);
        Assert.Equal(1, engine.StageCounts().Single().Late);
    }

    [Fact]
    public void Without_a_time_of_its_own_an_event_has_that_of_its_arrival() =>
        Reactors.Test(r => r.Derivative()).Given(1).After(4).Given(3).Emits(0.5);

    [Fact]
    public void An_event_without_a_metric_is_left_out() =>
        Reactors.Test(r => r.Derivative()).Given(Of(0, 0), Of(null, 1), Of(4, 2)).Emits(2d);

    [Fact]
    public void After_an_expired_event_it_begins_anew() =>
        Reactors.Test(r => r.Derivative()).Given(Of(0, 0), Of(0, 5, "expired"), Of(4, 6), Of(5, 7)).Emits(1d);

    [Fact]
    public void What_would_not_be_finite_is_dropped() =>
        Reactors.Test(r => r.Derivative()).Given(Of(1e308, 0), Of(-1e308, 1), Of(-1e308, 2)).Emits(0d);

    [Fact]
    public void Each_series_changes_by_itself_and_a_restart_forgets_nothing() =>
        Reactors.Test(r => r.Derivative()).Given(Sample.Of("s", 1, "a"), Sample.Of("s", 5, "b")).After(1).Restart()
        .Given(Sample.Of("s", 2, "a"), Sample.Of("s", 7, "b")).Emits(1, 2);
}
