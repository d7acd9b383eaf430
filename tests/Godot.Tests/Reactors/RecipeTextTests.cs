using System.Text.RegularExpressions;

namespace Godot.Tests;

public sealed class RecipeTextTests
{
    public static TheoryData<Recipe, string> Recipes => new()
    {
        { Reactor.Where("service", "a\"*").Over(50), """Where("service", "a\"*").Over(50)""" },
        { Reactor.Where(("service", "a"), ("metric", 5)), """Where("service", "a").Where("metric", 5)""" },
        { Reactor.Where("host", new Regex("^a", RegexOptions.IgnoreCase)), """Where("host", new Regex("^a", IgnoreCase))""" },
        { Reactor.Where("metric", Match.When(v => v > 1)), """Where("metric", Match.When(v => v > 1))""" },
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
        { Reactor.Change("state", from: "critical", to: "ok"), """Change("state", from: "critical", to: "ok")""" },
        { Reactor.Change(Field.Meta("dc")), """Change(Field.Meta("dc"))""" },
        { Reactor.Throttle(2, TimeSpan.FromDays(3)).Count(Sample.Seconds(90)), "Throttle(2, 3d).Count(90s)" },
        { Reactor.Rollup(TimeSpan.FromMinutes(1)), "Rollup(60s, 100)" },
        { Reactor.Rollup(n => Sample.Seconds(n + 1), 5), "Rollup(n => Sample.Seconds(n + 1), 5)" },
        { Reactor.By("host", r => r.Over(1)).By(["host", "service"], r => r), """By("host", r => r.Over(1)).By(["host", "service"], r => r)""" },
        { Reactor.Across(r => r.Count(Sample.Seconds(1))), "Across(r => r.Count(1s))" },
        { Reactor.Around(r => r.Over(1), r => r.Under(2)).Around(), "Around(r => r.Over(1), r => r.Under(2)).Around()" },
        { Reactor.Console().Console(e => e.Host ?? ""), """Console().Console(e => e.Host ?? "")""" },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipes_text_is_how_it_was_written(Recipe recipe, string text) => Assert.Equal(text, recipe.ToString());
}
