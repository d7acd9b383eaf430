using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class ForTests
{
    const int Time = 5;

    static readonly Reactor For = Reactor.For(Sample.Seconds(Time), e => e.Metric > 90);

    [Property(MaxTest = 300)]
    public Property Passes_the_last_event_at_the_end_of_the_time_and_then_each() => Prop.ForAll(Steps.Random(4, 3), steps =>
        steps.Run(Reactor.For(Sample.Seconds(Time), e => e.State != "state 0")).SequenceEqual(Naive(steps)));

    static IEnumerable<string> Naive(Steps.Step[] steps)
    {
        for (int i = 0; i < steps.Length;)
        {
            Steps.Step[] run = [.. steps[i..].TakeWhile(step => step.Number != 0)];
            i += run.Length + 1;
            if (run.Length == 0) continue;
            int enough = run[0].At + Time;
            if (i <= steps.Length && steps[i - 1].At < enough) continue;
            yield return Steps.Text(enough, run.Last(step => step.At < enough).Index);
            foreach (Steps.Step step in run.Where(step => step.At >= enough)) yield return Steps.Text(step.At, step.Index);
        }
    }

    [Fact]
    public void An_event_for_which_it_does_not_hold_ends_it_one_without_a_metric_too()
    {
        Reactors.Test(For).Given(95).After(4).Given(90).After(4).EmitsNothing().Given(95).After(4.999).EmitsNothing().After(0.001)
            .Emits(95d);
        Reactors.Test(For).Given(95).After(4).Given(Sample.Of("service", host: "host")).After(4).EmitsNothing();
    }

    [Fact]
    public void Silence_does_not_end_it()
    {
        ReactorTest test = Reactors.Test(For).Given(95).After(3600).Emits(95d);
        Assert.Equal([5], test.Times());
        test.Given(96).Emits(96d).Given(-1e308).EmitsNothing().Given(1e308).After(5).Emits(1e308);
    }

    [Fact]
    public void An_expired_event_counts_by_what_it_says()
    {
        Event expired = new() { Host = "host", Service = "service", Metric = 95, State = "expired" };
        Reactors.Test(For).Given(95).After(3).Given(expired).After(2).Emits(expired);
        Reactors.Test(Reactor.For(Sample.Seconds(Time), "state", "expired")).Given(expired).After(5).Emits(expired);
    }

    [Fact]
    public void A_field_that_is_missing_does_not_match() =>
        Reactors.Test(Reactor.For(Sample.Seconds(Time), "state", "*")).Given("a").After(10).EmitsNothing();

    [Fact]
    public void Each_series_has_its_own_time() =>
        Reactors.Test(For).Given(Sample.Of("cpu", 95, "a")).After(3).Given(Sample.Of("cpu", 96, "b")).After(2).Emits(95d).After(3)
        .Emits(96d);

    [Fact]
    public void A_condition_that_throws_loses_the_event_and_changes_nothing() =>
        Reactors.Test(Reactor.For(Sample.Seconds(Time), e => e.Metric!.Value > 90)).Given(95).After(1)
        .Given(Sample.Of("service", host: "host")).Loses(1).After(4).Emits(95d);

    [Fact]
    public void A_restart_does_not_begin_the_time_anew()
    {
        Reactors.Test(For).Given(95).After(3).Restart().After(1.999).EmitsNothing().After(0.001).Emits(95d).Restart().Given(96).Emits(96d);
        Reactors.Test(For).Given(95).After(3).End().EmitsNothing();
    }

    [Fact]
    public void A_time_in_which_the_monitor_itself_was_stalled_does_not_count()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        Recorder recorder = new();
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 2 });
        engine.Add(Reactor.For(Sample.Seconds(60), e => e.Metric > 90), null, recorder);
        engine.Feed(Sample.Of("cpu", 95));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(recorder.Lines);
        for (int second = 0; second < 65; second++) clock.Advance(Sample.Seconds(1));
        Assert.Equal(["cpu=95"], recorder.Lines);
    }

    [Fact]
    public void What_waits_is_not_forgotten() =>
        Reactors.Test(Reactor.For(TimeSpan.FromHours(3), e => true), new EngineOptions { IdleAfter = TimeSpan.FromHours(1), Lanes = 1 })
        .Given("a").After(3 * 3600).Emits("a");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.For(TimeSpan.Zero, e => true));
        Assert.Throws<ArgumentNullException>(() => Reactor.For(Sample.Seconds(1), null!));
        Assert.Throws<ArgumentException>(() => Reactor.For(Sample.Seconds(1), "state", 5));
    }
}
