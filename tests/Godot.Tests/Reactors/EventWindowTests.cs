using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class EventWindowTests
{
    [Fact]
    public void Every_so_many_events_are_a_batch() =>
        Reactors.Test(r => r.EventWindow(2)).Given("a", "b", "c", "d", "e").EmitsBatches(["a", "b"], ["c", "d"]);

    [Fact]
    public void Time_and_metric_make_no_difference() =>
        Reactors.Test(r => r.EventWindow(2)).Given(Sample.Of("a") with { Time = Sample.At(1e6) }).After(1e5)
            .Given(Sample.Of("b", -1e308, state: "expired") with { Time = Sample.At(-1e6) }).EmitsBatches(["a", "b"]);

    [Fact]
    public void What_is_held_comes_out_at_the_end() =>
        Reactors.Test(r => r.EventWindow(3)).Given("a", "b").EmitsNothing().End().EmitsBatches(["a", "b"]);

    [Fact]
    public void What_is_held_outlives_a_restart() =>
        Reactors.Test(r => r.EventWindow(3)).Given("a", "b").Restart().Given("c").EmitsBatches(["a", "b", "c"]);

    [Fact]
    public void All_series_share_a_window_or_each_tuple_of_By_has_its_own()
    {
        Event[] events = [Sample.Of("1", host: "a"), Sample.Of("2", host: "b"), Sample.Of("3", host: "a"), Sample.Of("4", host: "b")];
        Reactors.Test(r => r.EventWindow(2)).Given(events).EmitsBatches(["1", "2"], ["3", "4"]);
        Reactors.Test(r => r.By("host", h => h.EventWindow(2))).Given(events).EmitsBatches(["1", "3"], ["2", "4"]);
    }

    [Fact]
    public void An_idle_key_emits_what_it_holds_before_it_is_freed()
    {
        ReactorTest test =
            Reactors.Test(r => r.By("host", h => h.EventWindow(3)),
                new EngineOptions { Lanes = 1, IdleAfter = Sample.Seconds(100), ForgetAfter = Sample.Seconds(100) });
        test.Given(Sample.Of("1", host: "a")).After(1000).EmitsBatches(["1"]);
        test.Given(Sample.Of("2", host: "a")).EmitsNothing();
    }

    [Fact]
    public void A_moving_window_comes_with_every_event_from_the_first_on() =>
        Reactors.Test(r => r.MovingEventWindow(3)).Given("a", "b", "c", "d")
        .EmitsBatches(["a"], ["a", "b"], ["a", "b", "c"], ["b", "c", "d"]).End().EmitsNothing();

    [Fact]
    public void A_moving_window_outlives_a_restart() =>
        Reactors.Test(r => r.MovingEventWindow(2)).Given("a", "b").Restart().Given("c").EmitsBatches(["a"], ["a", "b"], ["b", "c"]);

    [Property(MaxTest = 50)]
    public Property Both_are_what_their_definition_says() =>
        Prop.ForAll(Gen.Choose(0, 40).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (events, count) =>
    {
        string[] names = [.. Enumerable.Range(0, events).Select(i => "s" + i)];
        Reactors.Test(r => r.EventWindow(count)).Given(names).End().EmitsBatches([.. names.Chunk(count)]);
        Reactors.Test(r => r.MovingEventWindow(count)).Given(names)
            .EmitsBatches([.. names.Select((_, i) => names.Take(i + 1).TakeLast(count).ToArray())]);
    });

    [Fact]
    public void No_events_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.EventWindow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingEventWindow(0));
    }
}
