namespace Godot.Tests;

public sealed class ChangeTests
{
    static readonly Event[] States =
        [.. new[] { "ok", "ok", "warning", "critical", "critical", "ok", "critical",
            "ok" }.Select((state, i) => Sample.State(state) with { Metric = i })];

    [Fact]
    public void Passes_every_change_but_not_the_first_event() =>
        Reactors.Test(r => r.Change("state")).Given(States).Emits(2d, 3, 5, 6, 7);

    [Fact]
    public void From_and_to_narrow_it() =>
        Reactors.Test(r => r.Change("state", from: "critical", to: "ok")).Given(States).Emits(5d, 7);

    [Fact]
    public void Each_works_alone()
    {
        Reactors.Test(r => r.Change("state", to: "ok")).Given(States).Emits(5d, 7);
        Reactors.Test(r => r.Change("state", from: "critical")).Given(States).Emits(5d, 7);
        Reactors.Test(r => r.Change("state", from: "*", to: "c*")).Given(States).Emits(3d, 6);
    }

    [Fact]
    public void To_lose_a_value_and_to_get_it_back_are_changes() =>
        Reactors.Test(r => r.Change("state"))
            .Given(Sample.State("ok"), Sample.State(null), Sample.State("critical"), Sample.State("ok"))
            .Emits(new Event { State = null }, new Event { State = "critical" }, new Event { State = "ok" });

    [Fact]
    public void A_first_event_without_a_value_counts_as_the_first() =>
        Reactors.Test(r => r.Change("state")).Given(Sample.State(null), Sample.State("ok"), Sample.State(null))
        .Emits(new Event { State = "ok" }, new Event { State = null });

    [Fact]
    public void From_a_value_is_not_from_none() =>
        Reactors.Test(r => r.Change("state", from: "*")).Given(Sample.State(null), Sample.State("ok")).EmitsNothing();

    [Fact]
    public void Numbers_compare_as_numbers_zero_too() =>
        Reactors.Test(r => r.Change("metric", from: 0, to: 1)).Given(0, 1, 2, 0, -0.0, 1).Emits(1d, 1);

    [Fact]
    public void Each_series_is_compared_with_itself() =>
        Reactors.Test(r => r.Change("state"))
            .Given(Sample.Of("cpu", 1, "a", "ok"), Sample.Of("cpu", 2, "b", "critical"), Sample.Of("cpu", 3, "a", "ok"),
                Sample.Of("cpu", 4, "b", "ok")).Emits(4d);

    [Fact]
    public void Inside_By_the_tuple_is() =>
        Reactors.Test(r => r.By("service", s => s.Change("state")))
            .Given(Sample.Of("cpu", 1, "a", "ok"), Sample.Of("cpu", 2, "b", "critical"), Sample.Of("disk", 3, "a", "ok")).Emits(2d);

    [Fact]
    public void Tags_and_meta_are_values_too()
    {
        Reactors.Test(r => r.Change("tags"))
            .Given(new Event { Tags = ["a"] }, new Event { Tags = ["a"] }, new Event { Tags = ["a", "b"], Metric = 1 }).Emits(1d);
        Reactors.Test(r => r.Change(Field.Member("v")))
            .Given(Event.Parse("""{"v":1}"""), Event.Parse("""{"v":1.0}"""), Event.Parse("""{"v":"1","metric":3}""")).Emits(3d);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.Change("nosuch"));
        Assert.Throws<ArgumentException>(() => Reactor.Change("state", to: 5));
        Assert.Throws<ArgumentException>(() => Reactor.Change(default));
    }
}
