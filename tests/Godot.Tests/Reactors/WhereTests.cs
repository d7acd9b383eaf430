using System.Text.RegularExpressions;

namespace Godot.Tests;

public sealed class WhereTests
{
    static ReactorTest Where(Field field, Matcher match) => Reactors.Test(r => r.Where(field, match));

    [Fact]
    public void A_text_without_wildcards_is_compared_letter_by_letter() =>
        Where("service", "cpu").Given("cpu", "CPU", "cpu2", " cpu").Given(new Event { Host = "h" }).Emits("cpu");

    [Fact]
    public void A_star_is_any_run_of_characters_with_slashes() =>
        Where("service", "*/health/heartbeat")
            .Given("app.server/health/heartbeat", "health/heartbeat", "/health/heartbeat", "a/b/health/heartbeat",
                "app/health/heartbeat/extra")
            .Emits("app.server/health/heartbeat", "/health/heartbeat", "a/b/health/heartbeat");

    [Fact]
    public void Every_star_counts() =>
        Where("service", "app/*/x/*").Given("app/a/x/b", "app/a/x/", "app/a/x//", "app/a/x", "app/a/y/b")
        .Emits("app/a/x/b", "app/a/x/", "app/a/x//");

    [Fact]
    public void What_is_special_elsewhere_is_ordinary()
    {
        Where("service", "app.server/*").Given("app.server/x", "appXserver/x", "app.server/").Emits("app.server/x", "app.server/");
        Where("service", "c++/[x]/*").Given("c++/[x]/a", "ccc/x/a").Emits("c++/[x]/a");
    }

    [Fact]
    public void A_missing_field_matches_nothing()
    {
        Where("service", "*").Given(Sample.Of(host: "h")).EmitsNothing();
        Where("service", "undef*").Given(Sample.Of(host: "h")).EmitsNothing();
        Where(Field.Member("nosuch"), "x").Given("cpu").EmitsNothing();
    }

    [Fact]
    public void A_regex_matches_anywhere_and_keeps_its_options()
    {
        Where("service", new Regex(".*/heartbeat$")).Given("a/heartbeat", "a/heartbeats", "/heartbeat").Emits("a/heartbeat", "/heartbeat");
        Where("service", new Regex("^CPU$", RegexOptions.IgnoreCase)).Given("cpu", "Cpu", "cpus").Emits("cpu", "Cpu");
        Where("service", new Regex("cpu")).Given("cpu", "cpu", "cpu").Emits("cpu", "cpu", "cpu");
    }

    [Fact]
    public void A_regex_that_would_backtrack_for_ever_does_not() =>
        Where("description", new Regex("^(a+)+$"))
        .Given(new Event { Description = new string('a', 40) + "b" }, new Event { Description = "aa", Metric = 1 }).Emits(1);

    [Fact]
    public void One_that_must_backtrack_and_takes_too_long_loses_the_event() =>
        Where("description", new Regex("^(?=a)(a+)+$"))
            .Given(new Event { Description = new string('a', 40) + "b" }, new Event { Description = "aa", Metric = 1 }).Loses(1).Emits(1);

    [Fact]
    public void A_number_matches_that_number_exactly()
    {
        Where("metric", 5).Given(5, 6, 5.000001).Emits(5);
        Where("metric", 0).Given(0, -0.0, 1).Given(Sample.Of("cpu")).Emits(0, 0);
    }

    [Fact]
    public void A_text_looks_at_a_number_as_it_is_written() =>
        Where("metric", "1*").Given(1, 10, 210, 12, 2, 1.5).Emits(1, 10, 12, 1.5);

    [Fact]
    public void A_function_is_asked_about_the_value()
    {
        Where("state", Matcher.When(state => state == "critical")).Given(Sample.State("critical"), Sample.State("ok"), Sample.State(null))
            .Emits(Sample.State("critical"));
        Where("metric", Matcher.When(metric => metric >= 100)).Given(99, 100).Emits(100);
    }

    [Fact]
    public void Any_tag_may_match() =>
        Where("tags", "prod*")
            .Given(new Event { Service = "a", Tags = ["x", "production"] }, new Event { Service = "b", Tags = ["x"] },
                new Event { Service = "c" })
            .Emits("a");

    [Fact]
    public void Meta_and_other_members_are_fields_too()
    {
        Where(Field.Meta("dc"), "eu-*")
            .Given(new Event { Service = "a", Meta = Dc("eu-1") }, new Event { Service = "b", Meta = Dc("us-1") }, new Event()).Emits("a");
        Where(Field.Member("dc"), "eu").Given(Event.Parse("""{"service":"a","dc":"eu"}"""), Event.Parse("""{"service":"b","dc":"us"}"""))
            .Emits("a");

        static Dictionary<string, MetaValue> Dc(string dc) => new() { ["dc"] = dc };
    }

    [Fact]
    public void Several_filters_must_all_match()
    {
        ReactorTest test =
            Reactors.Test(r =>
                r.Where(("service", "*/heartbeat"), ("host", new Regex("^h")), ("metric", Matcher.When(metric => metric >= 100))));
        test.Given(Sample.Of("a/heartbeat", 100, "h1"), Sample.Of("b/heartbeat", 99, "h1"), Sample.Of("c/heartbeat", 100, "x"),
            Sample.Of("cpu", 100, "h1")).Emits("a/heartbeat");
    }

    [Fact]
    public void No_filters_pass_everything() => Reactors.Test(Reactor.Where()).Given("cpu", "x").Emits("cpu", "x");

    [Fact]
    public void WhereNot_passes_what_does_not_match_and_what_has_no_such_field() =>
        Reactors.Test(r => r.WhereNot("service", "cpu")).Given("cpu", "mem").Given(Sample.Of(null, 1))
        .Emits(Sample.Of("mem") with { Host = "host" }, new Event { Service = null, Metric = 1 });

    [Fact]
    public void WhereNot_with_several_drops_only_what_matches_them_all() =>
        Reactors.Test(r => r.WhereNot(("service", "cpu"), ("state", "ok")))
            .Given(Sample.Of("cpu", 1, state: "ok"), Sample.Of("cpu", 2, state: "critical"), Sample.Of("x", 3, state: "ok")).Emits(2d, 3);

    [Fact]
    public void A_function_of_the_whole_event()
    {
        Reactors.Test(r => r.Where(e => e.Metric > 1 && e.Service != "x")).Given(1, 2).Emits(2d);
        Reactors.Test(r => r.WhereNot(e => e.Metric > 1)).Given(1, 2).Emits(1d);
    }

    [Fact]
    public void A_function_that_throws_loses_that_event_alone() =>
        Reactors.Test(r => r.Where(e => e.Metric!.Value > 1)).Given(Sample.Of("cpu")).Given(2d).Loses(1).Emits(2d);

    [Fact]
    public void Filters_behind_other_verbs_see_what_those_made() =>
        Reactors.Test(r => r.Map(e => e with { Service = "new" }).Where("service", "new")).Given("old").Emits("new");

    [Fact]
    public void Filters_on_host_and_service_are_asked_once_per_series()
    {
        int asked = 0;
        Reactors.Test(r => r.Where("service", Matcher.When((string _) => ++asked > 0))).Given("a", "a", "a").Emits("a", "a", "a");
        Assert.Equal(1, asked);
    }

    [Fact]
    public void What_could_never_match_is_refused()
    {
        Assert.Contains("is a text", Assert.Throws<ArgumentException>(() => Reactor.Where("service", 5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reactor.Where("host", Matcher.When((double _) => true)));
        Assert.Throws<ArgumentException>(() => Reactor.Where("state", new string('x', 255)));
        Assert.Throws<ArgumentException>(() => Reactor.Where("nosuch", "x"));
        Assert.Throws<ArgumentException>(() => Reactor.Where(default(Field), "x"));
        Assert.Throws<ArgumentException>(() => Reactor.Where("metric", double.NaN));
        Assert.Throws<ArgumentException>(() => Reactor.WhereNot());
        Assert.Throws<ArgumentNullException>(() => Reactor.Where("service", (Matcher)null!));
        Assert.Throws<ArgumentNullException>(() => Reactor.Where("service", (string)null!));
        Assert.Throws<ArgumentNullException>(() => Reactor.Where((Func<EventView, bool>)null!));
    }
}
