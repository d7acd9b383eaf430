namespace Godot.Tests;

public sealed class ChangedStateTests
{
    static Event[] States(params string?[] states) => [.. states.Select((state, i) => Sample.State(state) with { Metric = i })];

    [Fact]
    public void The_first_event_is_compared_with_the_state_it_was_initially()
    {
        Event[] states = States("critical", "critical", "ok", "ok");
        Reactors.Test(r => r.ChangedState()).Given(states).Emits(0, 2);
        Reactors.Test(r => r.ChangedState("critical")).Given(states).Emits(2d);
        Reactors.Test(r => r.ChangedState(null)).Given(states).Emits(0, 2);
    }

    [Fact]
    public void No_state_is_a_state_of_its_own()
    {
        Reactors.Test(r => r.ChangedState()).Given(States("ok", null, null, "ok")).Emits(1, 3);
        Reactors.Test(r => r.ChangedState(null)).Given(States(null, "ok")).Emits(1d);
    }

    [Fact]
    public void Each_series_has_its_own_and_inside_By_each_tuple()
    {
        Event[] events = [Sample.Of("cpu", 1, "a", "critical"), Sample.Of("cpu", 2, "b", "critical"), Sample.Of("cpu", 3, "a", "critical")];
        Reactors.Test(r => r.ChangedState()).Given(events).Emits(1, 2);
        Reactors.Test(r => r.By("service", s => s.ChangedState())).Given(events).Emits(1d);
    }

    [Fact]
    public void Silence_and_the_silent_ones_return_are_changes() =>
        Reactors.Test(r => r.ChangedState()).Given(States("ok", "expired", "expired", "ok")).Emits(1, 3);

    [Fact]
    public void What_is_no_state_is_refused() => Assert.Throws<ArgumentException>(() => Reactor.ChangedState(new string('x', 255)));
}
