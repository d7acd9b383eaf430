using System.Text.RegularExpressions;

namespace Godot.Tests;

public sealed class RecipeTextTests
{
    public static TheoryData<Recipe, string> Recipes => new()
    {
        { Reactor.Where("service", "a\"*").Over(50), """Where("service", "a\"*").Over(50)""" },
        { Reactor.Where(("service", "a"), ("metric", 5)), """Where("service", "a").Where("metric", 5)""" },
        { Reactor.Where("host", new Regex("^a", RegexOptions.IgnoreCase)), """Where("host", new Regex("^a", IgnoreCase))""" },
        { Reactor.Where("metric", Matcher.When(v => v > 1)), """Where("metric", Matcher.When(v => v > 1))""" },
        { Reactor.Where(e => e.Metric > 1), "Where(e => e.Metric > 1)" },
        { Reactor.WhereNot("state", "ok").WhereNot(("service", "a"), ("host", "b")), """WhereNot("state", "ok").WhereNot(("service", "a"), ("host", "b"))""" },
        { Reactor.Under(-0.5).Within(1, 1e20), "Under(-0.5).Within(1, 1E+20)" },
        { Reactor.Tagged("a", "b").TaggedAll("c"), """Tagged("a", "b").TaggedAll("c")""" },
        { Reactor.Map(e => e with { Metric = 1 }), "Map(e => e with { Metric = 1 })" },
        { Reactor.Expire(Sample.Seconds(60)), "Expire(60s)" },
        { Reactor.Expire(), "Expire()" },
        { Reactor.Expire(otherwise: TimeSpan.FromMinutes(5), grace: Sample.Seconds(0.5), expecting: [("a", "b")]), """Expire(otherwise: 5m, grace: 500ms, expecting: [("a", "b")])""" },
        { Reactor.MovingAverage(10).MovingAverage(TimeSpan.FromHours(2)), "MovingAverage(10).MovingAverage(2h)" },
        { Reactor.WeightedAverage(1, 2.5).Ewma(0.1).Ewma(Sample.Seconds(1.5)), "WeightedAverage(1, 2.5).Ewma(0.1).Ewma(1.5s)" },
        { Reactor.Ewma(Sample.Seconds(10), lateness: Sample.Seconds(2)), "Ewma(10s, lateness: 2s)" },
        { Reactor.MovingMinimum(3).MovingQuantile(0.9, 5).ZScore(Sample.Seconds(10)), "MovingMinimum(3).MovingQuantile(0.9, 5).ZScore(10s)" },
        { Reactor.Percentiles(Sample.Seconds(10), 0.5, 0.99), "Percentiles(10s, 0.5, 0.99)" },
        { Reactor.Percentiles(Sample.Seconds(10), [0.5], accuracy: 0.001), "Percentiles(10s, [0.5], 0.001)" },
        { Reactor.Apdex(Sample.Seconds(10), 100).Apdex(Sample.Seconds(10), 100, 200), "Apdex(10s, 100).Apdex(10s, 100, 200)" },
        { Reactor.DistinctCount(Sample.Seconds(10), Field.Meta("user")), """DistinctCount(10s, Field.Meta("user"))""" },
        { Reactor.PredictLinear(TimeSpan.FromHours(2), TimeSpan.FromHours(4)).RateOfChange(Sample.Seconds(10)), "PredictLinear(2h, 4h).RateOfChange(10s)" },
        { Reactor.HoltWinters(TimeSpan.FromDays(7), steps: 168), "HoltWinters(7d, 168, 0.2, 0.02, 0.2)" },
        { Reactor.Where((e, stop) => Task.FromResult(true)), "Where((e, stop) => Task.FromResult(true))" },
        { Reactor.Change("state", from: "critical", to: "ok"), """Change("state", from: "critical", to: "ok")""" },
        { Reactor.Change(Field.Meta("dc")), """Change(Field.Meta("dc"))""" },
        { Reactor.Throttle(2, TimeSpan.FromDays(3)).Count(Sample.Seconds(90)), "Throttle(2, 3d).Count(90s)" },
        { Reactor.Rollup(TimeSpan.FromMinutes(1)), "Rollup(60s, 100)" },
        { Reactor.Rollup(n => Sample.Seconds(n + 1), 5), "Rollup(n => Sample.Seconds(n + 1), 5)" },
        { Reactor.By("host", r => r.Over(1)).By(["host", "service"], r => r), """By("host", r => r.Over(1)).By(["host", "service"], r => r)""" },
        { Reactor.Across(r => r.Count(Sample.Seconds(1))), "Across(r => r.Count(1s))" },
        { Reactor.Around(r => r.Over(1), r => r.Under(2)).Around(), "Around(r => r.Over(1), r => r.Under(2)).Around()" },
        { Reactor.With(service: "a\"", metric: 1.5, ttl: Sample.Seconds(60)).Default(state: "ok"), """With(service: "a\"", metric: 1.5, ttl: 60s).Default(state: "ok")""" },
        { Reactor.Adjust(m => m + 1).Scale(0.5), "Adjust(m => m + 1).Scale(0.5)" },
        { Reactor.Tag("a", "b").Untag("c").Meta("k", "v").Meta("n", 1).Meta("b", true), """Tag("a", "b").Untag("c").Meta("k", "v").Meta("n", 1).Meta("b", true)""" },
        { Reactor.Tag("a", r => r.Over(1)).Meta("k", r => r.Counter()), """Tag("a", r => r.Over(1)).Meta("k", r => r.Counter())""" },
        { Reactor.HasMeta("a").AnyMeta("a", "b").AllMeta("c").OverMeta("d", 1).UnderMeta("e", 2), """HasMeta("a").AnyMeta("a", "b").AllMeta("c").OverMeta("d", 1).UnderMeta("e", 2)""" },
        { Reactor.Expired().NotExpired().ChangedState(), """Expired().NotExpired().ChangedState("ok")""" },
        { Reactor.Runs(3).Stable(Sample.Seconds(5), "metric"), """Runs(3, "state").Stable(5s, "metric")""" },
        { Reactor.For(Sample.Seconds(5), e => e.Metric > 1).For(Sample.Seconds(5), "state", "a*"), """For(5s, e => e.Metric > 1).For(5s, "state", "a*")""" },
        { Reactor.Hysteresis(over: 90, until: 80).Hysteresis(under: 1, until: 2), "Hysteresis(over: 90, until: 80).Hysteresis(under: 1, until: 2)" },
        { Reactor.When("state", "a").FollowedBy("state", "b", Sample.Seconds(5)), """When("state", "a").FollowedBy("state", "b", within: 5s)""" },
        { Reactor.When(e => e.Metric > 1).NotFollowedBy(e => e.Metric < 1, Sample.Seconds(5)), "When(e => e.Metric > 1).NotFollowedBy(e => e.Metric < 1, within: 5s)" },
        { Reactor.Counter().Counter(5).Derivative(), "Counter().Counter(5).Derivative()" },
        { Reactor.FillIn(Sample.Seconds(5), new Event { Metric = 0 }).FillInLast(Sample.Seconds(5), e => e).Interpolate(Sample.Seconds(5)), """FillIn(5s, {"metric":0}).FillInLast(5s, e => e).Interpolate(5s)""" },
        { Reactor.ClockSkew().Top(3).Coalesce(Sample.Seconds(5)), "ClockSkew().Top(3).Coalesce(5s, 10000)" },
        { Reactor.Coalesce(limit: 5), "Coalesce(limit: 5)" },
        { Reactor.Project(Reactor.Where("service", "a"), Reactor.Over(1)), """Project(r => r.Where("service", "a"), r => r.Over(1))""" },
        { Reactor.Console().Console(e => e.Host ?? ""), """Console().Console(e => e.Host ?? "")""" },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipes_text_is_how_it_was_written(Recipe recipe, string text) => Assert.Equal(text, recipe.ToString());
}
