namespace Godot;

public sealed class MixingTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<Recipe, string> Mixed => new()
    {
        {
            Reactor.Where("service", "*").Percentiles(Minute, 0.99),
            "Percentiles(60s, 0.99) takes all services together that Where(\"service\", \"*\") let through: "
                + "write By(\"service\", r => r.Percentiles(60s, 0.99)) for each by itself, "
                + "or Across(r => r.Percentiles(60s, 0.99)) if that is meant."
        },
        {
            Reactor.Where("state", "critical").Throttle(1, Minute),
            "Throttle(1, 60s) takes all services together: write By(\"service\", r => r.Throttle(1, 60s)) for each by itself, "
                + "or Across(r => r.Throttle(1, 60s)) if that is meant."
        },
        { Reactor.Over(5).MovingAverage(10).Rate(Minute).Count(Minute), "Rate(60s) takes" },
        { Reactor.Where("service", "api*").Around(Reactor.Count(Minute)),
            "Count(60s) takes all services together that Where(\"service\", \"api*\") let" },
        { Reactor.Where("host", "a").Limit(1, Minute), "Limit(1, 60s) takes" },
        { Reactor.Tagged("prod").Percentiles(Minute, 0.99), "Percentiles(60s, 0.99) takes all services together: write" },
        { Reactor.TaggedAll("prod", "eu").Rate(Minute), "Rate(60s) takes" },
        { Reactor.Where("tags", "prod*").Count(Minute), "Count(60s) takes" },
        { Reactor.Where("metric", 5).Limit(1, Minute), "Limit(1, 60s) takes" },
        { Reactor.Where(Field.Meta("zone"), "eu").Throttle(1, Minute), "Throttle(1, 60s) takes" },
        { Reactor.Where(Field.Member("zone"), "eu").Throttle(1, Minute), "Throttle(1, 60s) takes" },
        { Reactor.Where(("host", "a"), ("tags", "b")).Count(Minute), "Count(60s) takes" },
        { Reactor.WhereNot(("host", "a"), ("tags", "b")).Count(Minute), "Count(60s) takes" },
        { Reactor.HasMeta("zone").Rate(Minute), "Rate(60s) takes" },
        { Reactor.AllMeta("zone", "room").Rate(Minute), "Rate(60s) takes" },
        { Reactor.OverMeta("cores", 2).UnderMeta("cores", 9).Count(Minute), "Count(60s) takes" },
        { Reactor.NotExpired().Percentiles(Minute, 0.99), "Percentiles(60s, 0.99) takes" },
        { Reactor.Expired().Count(Minute), "Count(60s) takes" },
        {
            Reactor.Where(Query.Parse("service =~ \"api/%\"")).Count(Minute),
            "Count(60s) takes all services together that Where(Query.Parse(\"service =~ \\\"api/%\\\"\")) let through: write"
        },
        { Reactor.Where(Query.Parse("zone = \"eu\" and (metric > 5 or not tagged \"a\") and host != nil")).Rate(Minute),
            "Rate(60s) takes" },
        { Reactor.Where(Query.Parse("true")).Rate(Minute), "Rate(60s) takes" },
        { Reactor.Where("service", "*").Scale(100).Percentiles(Minute, 0.99),
            "Percentiles(60s, 0.99) takes all services together that Where" },
        { Reactor.Where("service", "*").Adjust(x => x / 2).Rate(Minute), "Rate(60s) takes" },
        { Reactor.Where("service", "*").Tag("a").Untag("b").Meta("c", 1).Count(Minute), "Count(60s) takes" },
        { Reactor.With(state: "ok").Default(host: "h", ttl: Minute).Count(Minute), "Count(60s) takes" },
    };

    public static TheoryData<Recipe> Meant => new()
    {
        Reactor.Where("service", "cpu").Percentiles(Minute, 0.99),
        Reactor.Where("service", "*").By("service", r => r.Percentiles(Minute, 0.99)),
        Reactor.Where("service", "*").Across(r => r.Throttle(1, Minute)),
        Reactor.Where(e => e.Service == "cpu").Count(Minute),
        Reactor.With(service: "cpu").Count(Minute),
        Reactor.Default(service: "cpu").Count(Minute),
        Reactor.Where((e, _) => Task.FromResult(e.Service == "cpu")).Count(Minute),
        Reactor.Map(e => e with { Service = "cpu" }).Count(Minute),
        Reactor.Tagged("prod").Where(Query.Parse("service = \"cpu\" and metric > 5")).Percentiles(Minute, 0.99),
        Reactor.WhereNot(e => e.Service == "cpu").Count(Minute),
        Reactor.Tagged("prod").By("service", r => r.Percentiles(Minute, 0.99)),
        Reactor.Subscribe("alerts").Limit(10, Minute),
        Reactor.Where("service", "*").MovingAverage(10).Rollup(Minute),
    };

    [Theory]
    [MemberData(nameof(Mixed), DisableDiscoveryEnumeration = true)]
    public void A_verb_that_mixes_services_is_named_with_what_lets_them_through(Recipe recipe, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(Mixing.In(recipe)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Meant), DisableDiscoveryEnumeration = true)]
    public void Nothing_is_said_where_it_is_meant_or_not_known(Recipe recipe) => Assert.Empty(Mixing.In(recipe));

    [Fact]
    public async Task Check_warns_of_it_and_finds_nothing_wrong()
    {
        using StringWriter output = new(), error = new();
        GodotServer server = GodotServer.Tcp(0).React("slow", Reactor.Where("service", "*").Percentiles(Minute, 0.99));
        int code = await ServerCommand.RunAsync(server, ["check"], output, error);
        Assert.Equal(0, code);
        Assert.StartsWith("slow\n  steps: where, percentiles\n  warning: Percentiles(60s, 0.99) takes all services together",
            output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("1 reactor, nothing wrong, 1 warning.\n", output.ToString(), StringComparison.Ordinal);
    }
}
