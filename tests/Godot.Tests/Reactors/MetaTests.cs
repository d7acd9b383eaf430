namespace Godot.Tests;

public sealed class MetaTests
{
    static Event Of(double? metric, params (string Key, MetaValue Value)[] meta) =>
        new() { Host = "h", Service = "s", Metric = metric, Meta = meta.ToDictionary(entry => entry.Key, entry => entry.Value) };

    [Fact]
    public void Sets_a_key_and_leaves_the_others() =>
        Reactors.Test(r => r.Meta("a", 1)).Given(Of(1), Of(2, ("a", "x"), ("b", true)))
        .Emits(Of(1, ("a", 1)), Of(2, ("a", 1), ("b", true)));

    [Fact]
    public void What_a_recipe_makes_of_the_metric_stands_in_meta_and_the_metric_stays() =>
        Reactors.Test(r => r.Meta("total", s => s.Counter()).Meta("avg", s => s.MovingAverage(3))).Given(Of(1), Of(2, ("b", 0)), Of(6))
            .Emits(Of(1, ("total", 1), ("avg", 1)), Of(2, ("b", 0), ("total", 3), ("avg", 1.5)), Of(6, ("total", 9), ("avg", 3)));

    [Fact]
    public void What_the_recipe_drops_is_dropped_and_what_it_holds_is_held()
    {
        Reactors.Test(r => r.Meta("x", s => s.Over(5))).Given(Of(1), Of(6), Of(5), Of(null), Of(7)).Emits(Of(6, ("x", 6)), Of(7, ("x", 7)));
        Reactors.Test(r => r.Meta("n", s => s.Count(Sample.Seconds(1)))).Given(Of(4)).After(0.1).Given(Of(5)).EmitsNothing().Restart()
            .After(0.9)
            .Emits(Of(5, ("n", 2)) with { Tags = ["per 1s"], Time = Sample.At(1) });
    }

    [Fact]
    public void An_old_value_does_not_outlive_the_recipe() =>
        Reactors.Test(r => r.Meta("x", s => s.Map(e => e with { Metric = null }))).Given(Of(1, ("x", "old"), ("y", 2)))
        .Emits(Of(1, ("y", 2)));

    [Fact]
    public void Huge_and_negative_metrics_come_back_as_they_were() =>
        Reactors.Test(r => r.Meta("x", s => s.With(metric: 0))).Given(Of(1e308), Of(-1e-300), Of(null))
        .Emits(Of(1e308, ("x", 0)), Of(-1e-300, ("x", 0)), Of(null, ("x", 0)));

    [Fact]
    public void The_recipe_has_the_scope_in_which_it_stands() =>
        Reactors.Test(r => r.By("service", s => s.Meta("avg", m => m.MovingAverage(2))))
        .Given(Sample.Of("s", 1, "a"), Sample.Of("s", 3, "b"))
            .Emits(new Event { Host = "a", Metric = 1 }, new Event { Metric = 3, Meta = new Dictionary<string,
                MetaValue> { ["avg"] = 2 } });

    static readonly Event[] Events =
        [Of(1, ("a", 1), ("b", 2), ("c", 3)), Of(2, ("a", 1)), Of(3, ("b", 2)), Of(4, ("c", 3)), Of(5, ("a", 0)),
            Of(6, ("a", default(string))), Of(7), Of(8, ("A", 1))];

    [Fact]
    public void A_key_counts_whatever_its_value()
    {
        Reactors.Test(r => r.HasMeta("a", "b")).Given(Events).Emits(1, 2, 3, 5, 6);
        Reactors.Test(r => r.AnyMeta("a", "b")).Given(Events).Emits(1, 2, 3, 5, 6);
        Reactors.Test(r => r.AllMeta("a", "b")).Given(Events).Emits(1d);
        Reactors.Test(r => r.HasMeta("any", "all")).Given(Events).EmitsNothing();
    }

    [Fact]
    public void Only_numbers_compare()
    {
        Event[] loads =
            [Of(1, ("load", 10)), Of(2, ("load", 5)), Of(3, ("load", 4)), Of(4, ("load", 0)), Of(5, ("load", -1)), Of(6, ("load", "10")),
                Of(7, ("load", default(string))), Of(8)];
        Reactors.Test(r => r.OverMeta("load", 5)).Given(loads).Emits(1d);
        Reactors.Test(r => r.OverMeta("load", -1)).Given(loads).Emits(1, 2, 3, 4);
        Reactors.Test(r => r.OverMeta("load", 0)).Given(loads).Emits(1, 2, 3);
        Reactors.Test(r => r.UnderMeta("load", 5)).Given(loads).Emits(3, 4, 5);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.HasMeta());
        Assert.Throws<ArgumentException>(() => Reactor.AnyMeta());
        Assert.Throws<ArgumentException>(() => Reactor.AllMeta());
        Assert.Throws<ArgumentNullException>(() => Reactor.HasMeta("a", null!));
        Assert.Throws<ArgumentException>(() => Reactor.OverMeta("a", double.NaN));
        Assert.Throws<ArgumentNullException>(() => Reactor.UnderMeta(null!, 1));
        Assert.Throws<ArgumentNullException>(() => Reactor.Meta(null!, 1));
        Assert.Throws<ArgumentNullException>(() => Reactor.Meta("a", (Func<Reactor, Reactor>)null!));
    }
}
