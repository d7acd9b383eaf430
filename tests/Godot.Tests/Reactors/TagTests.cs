namespace Godot.Tests;

public sealed class TagTests
{
    static Event Of(double? metric, params string[] tags) => new() { Host = "h", Service = "s", Metric = metric, Tags = tags };

    [Fact]
    public void Adds_the_tags_once_and_last() =>
        Reactors.Test(r => r.Tag("a", "b", "a")).Given(Of(1), Of(2, "b", "x", "b"), Of(3, "A"))
            .Emits(Of(1, "a", "b"), Of(2, "b", "x", "b", "a"), Of(3, "A", "a", "b"));

    [Fact]
    public void Untag_takes_them_away() =>
        Reactors.Test(r => r.Untag("a", "b")).Given(Of(1), Of(2, "b", "x", "a", "x"), Of(3, "A")).Emits(Of(1), Of(2, "x", "x"), Of(3, "A"));

    [Fact]
    public void What_follows_sees_the_tags() =>
        Reactors.Test(r => r.Tag("a").Tagged("a").Untag("a").Tagged("a")).Given(Of(1)).EmitsNothing();

    [Fact]
    public void What_a_recipe_makes_of_the_metric_becomes_a_tag_and_the_metric_stays() =>
        Reactors.Test(r => r.Tag("avg", s => s.MovingAverage(3))).Given(Of(1), Of(2, "x"), Of(6))
            .Emits(Of(1, "avg:1"), Of(2, "x", "avg:1.5"), Of(6, "avg:3"));

    [Fact]
    public void What_the_recipe_drops_is_dropped() =>
        Reactors.Test(r => r.Tag("big", s => s.Over(5))).Given(Of(1), Of(6), Of(null)).Emits(Of(6, "big:6"));

    [Fact]
    public void Nothing_is_left_in_meta() =>
        Reactors.Test(r => r.Tag("m", s => s.Scale(2))).Given(Of(1))
        .Emits(new Event { Metric = 1, Tags = ["m:2"], Meta = new Dictionary<string, MetaValue>() });

    [Fact]
    public void Without_a_metric_there_is_no_tag() =>
        Reactors.Test(r => r.Tag("m", s => s.Scale(2))).Given(Of(null, "x")).Emits(Of(null, "x"));

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.Tag());
        Assert.Throws<ArgumentException>(() => Reactor.Untag());
        Assert.Throws<ArgumentNullException>(() => Reactor.Tag(null!, r => r));
    }
}
