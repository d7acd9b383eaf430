namespace Godot;

public sealed class ContradictionsTests
{
    public static TheoryData<Recipe, string> Contradictory => new()
    {
        { Reactor.Where("service", "a").Where("service", "b"),
            "Where(\"service\", \"b\") passes nothing that Where(\"service\", \"a\") let through." },
        { Reactor.Where("service", "a*").Where("service", "b"),
            "Where(\"service\", \"b\") passes nothing that Where(\"service\", \"a*\") let through." },
        { Reactor.Where("host", "a").WhereNot("host", "?"),
            "WhereNot(\"host\", \"?\") passes nothing that Where(\"host\", \"a\") let through." },
        { Reactor.Where("host", "a").Where("service", "b").WhereNot(("host", "a"), ("service", "b")),
            "WhereNot((\"host\", \"a\"), (\"service\", \"b\")) passes nothing that Where(\"host\", \"a\") and Where(\"service\", \"b\") "
                + "let through." },
        { Reactor.Over(50).Under(20), "Under(20) passes nothing that Over(50) let through." },
        { Reactor.Over(50).Under(50), "Under(50) passes nothing that Over(50) let through." },
        { Reactor.Within(1, 2).Throttle(1, TimeSpan.FromMinutes(1)).Over(2), "Over(2) passes nothing that Within(1, 2) let through." },
        { Reactor.Where("metric", 3).Over(4), "Over(4) passes nothing that Where(\"metric\", 3) let through." },
        { Reactor.Over(double.MaxValue), "Over(1.7976931348623157E+308) passes nothing." },
        { Reactor.Where("state", "expired").Expire(TimeSpan.FromSeconds(9)),
            "Expire(9s) passes nothing that Where(\"state\", \"expired\") let through." },
        { Reactor.Where("state", "critical").Over(1).Change("state", to: "critical"),
            "Change(\"state\", to: \"critical\") passes nothing that Where(\"state\", \"critical\") let through." },
        { Reactor.Where("state", "ok").Scale(100).Expired(), "Expired() passes nothing that Where(\"state\", \"ok\") let through." },
        { Reactor.Where("service", "cpu").Tag("a").Where(Query.Parse("service =~ \"api/%\"")),
            "Where(Query.Parse(\"service =~ \\\"api/%\\\"\")) passes nothing that Where(\"service\", \"cpu\") let through." },
        { Reactor.Expire().Where("state", "ok"), "Where(\"state\", \"ok\") passes nothing that Expire() let through." },
        { Reactor.Where("service", "a").By("host", r => r.Ewma(0.5).Where("service", "b")),
            "Where(\"service\", \"b\") passes nothing that Where(\"service\", \"a\") let through." },
        { Reactor.Where("service", "a").Around(Reactor.Where("service", "b")).Over(1),
            "Where(\"service\", \"b\") passes nothing that Where(\"service\", \"a\") let through." },
    };

    public static TheoryData<Recipe> Consistent => new()
    {
        Reactor.Where("service", "a*").Where("service", "ab").WhereNot("service", "b*"),
        Reactor.Over(50).Under(51),
        Reactor.Within(1, 2).Within(2, 3),
        Reactor.Where("metric", 3).Over(2),
        Reactor.Over(50).Ewma(0.5).Under(20),
        Reactor.Over(50).Scale(0.1).Under(20),
        Reactor.Where("state", "ok").With(state: "critical").Where("state", "critical"),
        Reactor.Tagged("a").Untag("a").Tagged("a").Where("state", "ok").NotExpired(),
        Reactor.Over(50).Map(e => e with { Metric = 1 }).Under(20),
        Reactor.Where("service", "a").Then(() => new Other()).Where("service", "b"),
        Reactor.Where("state", "critical").Count(TimeSpan.FromMinutes(1)).Where("state", "ok"),
        Reactor.Where("state", "ok").Expire().Where("state", "expired"),
        Reactor.Where("tags", "a").Where("tags", "b"),
        Reactor.Where("service", "a").Where("state", "o*").Change("state").Change("metric"),
        Reactor.Where("service", "a").Around(Reactor.Where("service", "a").Over(50)).Under(20),
        Reactor.Where("service", Matcher.When(text => text == "a")).Where("service", "a"),
    };

    [Theory]
    [MemberData(nameof(Contradictory), DisableDiscoveryEnumeration = true)]
    public void A_verb_that_nothing_passes_is_named_with_what_leaves_nothing_for_it(Recipe recipe, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Contradictions.In(recipe)));

    [Theory]
    [MemberData(nameof(Consistent), DisableDiscoveryEnumeration = true)]
    public void Nothing_is_said_of_what_events_can_pass(Recipe recipe) => Assert.Empty(Contradictions.In(recipe));

    [Fact]
    public void Of_verbs_behind_one_that_nothing_passes_nothing_is_said() =>
        Assert.Single(Contradictions.In(Reactor.Over(50).Under(20).Over(70).Where("service", "a").Where("service", "b")));

    sealed class Other : Stage
    {
        public override void On(EventView e) => Send(e with { Service = "b" });
    }
}
