using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class StableTests
{
    const int Time = 5;

    static readonly Reactor Stable = Reactor.Stable(Sample.Seconds(Time));

    [Property(MaxTest = 300)]
    public Property Passes_the_events_of_values_that_last_as_soon_as_they_have() =>
        Prop.ForAll(Steps.Random(4, 2), steps => steps.Run(Stable).SequenceEqual(Naive(steps)));

    static IEnumerable<string> Naive(Steps.Step[] steps)
    {
        foreach (Steps.Step step in steps)
        {
            int began = steps[..(step.Index + 1)].Reverse().TakeWhile(before => before.Number == step.Number).Last().At;
            int? ends = steps[step.Index..].FirstOrDefault(after => after.Number != step.Number)?.At;
            if (ends is null || ends >= began + Time) yield return Steps.Text(Math.Max(step.At, began + Time), step.Index);
        }
    }

    [Fact]
    public void A_spike_never_comes_through() =>
        Reactors.Test(Stable).Given(Sample.State("ok")).After(10).Given(Sample.State("critical")).After(4.999).Given(Sample.State("ok"))
        .After(10)
            .Emits(new Event { State = "ok" }, new Event { State = "ok" });

    [Fact]
    public void What_lasts_comes_through_without_a_further_event() =>
        Assert.Equal([5, 25], Reactors.Test(Stable).Given(Sample.State("ok")).After(20).Given(Sample.State("critical")).After(100).Times());

    [Fact]
    public void Other_fields_can_be_compared_and_none_is_a_value_too() =>
        Reactors.Test(Reactor.Stable(Sample.Seconds(Time), "metric")).Given(Sample.Of("a")).After(5).Given(Sample.Of("a", 1)).After(4)
        .Given(Sample.Of("a", -1e308)).After(5)
            .Emits(new Event { Metric = null }, new Event { Metric = -1e308 });

    [Fact]
    public void Each_series_is_held_by_itself() =>
        Reactors.Test(Stable).Given(Sample.Of("cpu", 1, "a", "ok")).After(3).Given(Sample.Of("cpu", 2, "b", "critical")).After(2).Emits(1d)
        .After(3).Emits(2d);

    [Fact]
    public void The_events_own_time_does_not_matter() =>
        Reactors.Test(Stable)
        .Given(Sample.State("ok") with { Time = Sample.At(-1000), Metric = 1 },
            Sample.State("ok") with { Time = Sample.At(1000), Metric = 2 }).EmitsNothing().After(5).Emits(1, 2);

    [Fact]
    public void What_is_held_outlives_a_restart_but_not_the_end()
    {
        Reactors.Test(Stable).Given(Sample.State("ok")).After(3).Restart().After(1.999).EmitsNothing().After(0.001).Emits("cpu").Restart()
            .Given(Sample.State("ok")).Emits("cpu");
        Reactors.Test(Stable).Given(Sample.State("ok")).After(3).End().EmitsNothing();
    }

    [Fact]
    public void So_many_events_are_held_and_no_more()
    {
        ReactorTest test = Reactors.Test(Stable);
        for (int i = 0; i < 10_001; i++) test.Given(Sample.State("ok"));
        test.Loses(1).After(5);
        Assert.Equal(10_000, test.Emitted.Count);
    }

    [Fact]
    public void What_is_held_is_not_forgotten() =>
        Reactors.Test(Reactor.Stable(TimeSpan.FromHours(3)), new EngineOptions { IdleAfter = TimeSpan.FromHours(1), Lanes = 1 }).Given("a")
        .After(3 * 3600).Emits("a");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Stable(TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => Reactor.Stable(Sample.Seconds(1), "nosuch"));
    }
}
