namespace Godot.Outputs.Tests;

/// <summary>An output passes on what it is given, whatever kind of recipe it stands in.</summary>
public sealed class KindTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Every_output_gives_back_the_kind_of_recipe_that_it_continues()
    {
        Reactor[] events = Continue(Reactor.Over(5));
        BatchReactor[] batches = Continue(Reactor.Rollup(Minute));

        Assert.All(events, recipe => Assert.StartsWith("Over(5).", recipe.ToString(), StringComparison.Ordinal));
        Assert.All(batches, recipe => Assert.StartsWith("Rollup(", recipe.ToString(), StringComparison.Ordinal));
        Assert.All(Continue<Recipe>(Reactor.Over(5)), recipe => Assert.IsType<Reactor>(recipe));
        Assert.All(Continue<Recipe>(Reactor.Rollup(Minute)), recipe => Assert.IsType<BatchReactor>(recipe));
    }

    [Fact]
    public void Outputs_read_alike_at_the_start_in_a_chain_and_inside_other_verbs()
    {
        string[] texts = [.. new Recipe[]
        {
            Reactor.Email(to: "a@host.com").Over(5),
            Reactor.Over(5).Email(to: "a@host.com").Console().Rollup(Minute).Email("b@host.com").Forward("tcp://host:9876"),
            Reactor.By("host", r => r.Over(5).Sms("+15550100")),
            Reactor.By("host", r => r.Rollup(Minute).Sms("+15550100")),
            Reactor.Across(r => r.Graphite("host")).Console(e => e.Service!),
            Reactor.Around(r => r.Console(), r => r.Rollup(Minute).Console()),
            Reactor.Split(
                Branch.When("state", "critical", r => r.Email("a@host.com")),
                Branch.Else(r => r.Rollup(Minute).Email("b@host.com"))),
        }.Select(recipe => recipe.ToString())];

        Assert.Equal(
            [
                """Email("a@host.com").Over(5)""",
                """Over(5).Email("a@host.com").Console().Rollup(60s, 100).Email("b@host.com").Forward("tcp://host:9876")""",
                """By("host", r => r.Over(5).Sms("+15550100"))""",
                """By("host", r => r.Rollup(60s, 100).Sms("+15550100"))""",
                """Across(r => r.Graphite("host")).Console(e => e.Service!)""",
                """Around(r => r.Console(), r => r.Rollup(60s, 100).Console())""",
                """Split(Branch.When("state", "critical", r => r.Email("a@host.com")), """ +
                """Branch.Else(r => r.Rollup(60s, 100).Email("b@host.com")))""",
            ],
            texts);
    }

    static T[] Continue<T>(T recipe)
        where T : IOutputs<T> =>
    [
        recipe.Console(), recipe.To(new GraphiteRecipe("host", 2003, "")), recipe.Email(to: "a@host.com"), recipe.Sms("+15550100"),
        recipe.Webhook("https://host.com"), recipe.Forward("tcp://host:9876"), recipe.Graphite("host"),
        recipe.Redis("host", (db, e) => db.StringIncrementAsync(e.Service)),
    ];
}
