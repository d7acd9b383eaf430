using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

/// <summary>What stands for several hosts, or services, does not wear the name of one.</summary>
public sealed class CommonNamesTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    static Event Of(string host, string service) => new() { Host = host, Service = service, Metric = 1 };

    public static TheoryData<string> Figures => [.. Made.Keys];

    // Verbs that make one event of several, in a scope in which several come.
    static readonly Dictionary<string, Recipe> Made = new()
    {
        ["Percentiles"] = Reactor.Percentiles(Minute, 0.5),
        ["Rate"] = Reactor.Rate(Minute),
        ["Count"] = Reactor.Count(Minute),
        ["Sum of a time"] = Reactor.Sum(Minute),
        ["Sum"] = Reactor.Sum(),
        ["MovingSum"] = Reactor.MovingSum(10),
        ["MovingSum of a time"] = Reactor.MovingSum(Minute),
        ["WindowSum"] = Reactor.WindowSum(Minute),
        ["Apdex"] = Reactor.Apdex(Minute, 1),
        ["DistinctCount"] = Reactor.DistinctCount(Minute, "metric"),
        ["Mean of a time"] = Reactor.Across(all => all.Mean(Minute)),
        ["Mean"] = Reactor.Across(all => all.Mean()),
        ["MovingAverage"] = Reactor.Across(all => all.MovingAverage(10)),
        ["MovingAverage of a time"] = Reactor.Across(all => all.MovingAverage(Minute)),
        ["WeightedAverage"] = Reactor.Across(all => all.WeightedAverage(1, 1)),
        ["Ewma"] = Reactor.Across(all => all.Ewma(0.5)),
        ["Ewma of a time"] = Reactor.Across(all => all.Ewma(Minute)),
        ["MovingMedian"] = Reactor.Across(all => all.MovingMedian(10)),
        ["MovingMaximum"] = Reactor.Across(all => all.MovingMaximum(10)),
        ["PredictLinear"] = Reactor.Across(all => all.PredictLinear(Minute, Minute)),
        ["RateOfChange"] = Reactor.Across(all => all.RateOfChange(TimeSpan.FromSeconds(1))),
        ["Derivative"] = Reactor.Across(all => all.Derivative()),
        ["ZScore"] = Reactor.Across(all => all.ZScore(2)),
        ["Counter"] = Reactor.Across(all => all.Counter()),
        ["Sum of batches"] = Reactor.TimeWindow(Minute).Sum(),
        ["Mean of batches"] = Reactor.TimeWindow(Minute).Mean(),
        ["Median"] = Reactor.TimeWindow(Minute).Median(),
        ["Count of batches"] = Reactor.TimeWindow(Minute).Count(),
        ["Quotient"] = Reactor.TimeWindow(Minute).Quotient(),
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_of_several_wears_only_what_they_have_in_common(string figure)
    {
        Assert.Equal((null, null), Last("a", "x", "b", "y"));
        Assert.Equal(("a", null), Last("a", "x", "a", "y"));
        Assert.Equal((null, "y"), Last("a", "y", "b", "y"));
        Assert.Equal(("a", "y"), Last("a", "y", "a", "y"));

        (string? Host, string? Service) Last(string firstHost, string firstService, string host, string service)
        {
            ReactorTest test = Reactors.Test(Made[figure]);
            // Of this many, every one of the verbs makes something.
            foreach ((string h, string s) in ((string, string)[])[(firstHost, firstService), (host, service), (host, service), (host,
                service)]) test.Given(Of(h, s)).After(2);
            test.Restart().After(Minute);
            Event last = test.Emitted[^1].Events[0];
            return (last.Host, last.Service == "0.5" ? null : last.Service?.Replace(" 0.5", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_interval_is_named_by_what_came_in_it() =>
        Reactors.Test(r => r.Rate(Minute)).Given(Of("a", "x"), Of("b", "x")).After(Minute).Given(Of("b", "x"), Of("b", "y")).After(Minute)
            .Given(Of("b", "y")).After(Minute)
            .Emits(new Event { Host = null, Service = "x" }, new Event { Host = "b", Service = null }, new Event { Host = "b",
                Service = "y" });

    [Fact]
    public void What_By_divides_by_stays() =>
        Reactors.Test(r => r.By("service", s => s.MovingAverage(10))).Given(Of("a", "x"), Of("b", "x"), Of("b", "y"))
            .Emits(new Event { Host = "a", Service = "x" }, new Event { Host = null, Service = "x" }, new Event { Host = "b",
                Service = "y" });

    [Fact]
    public void What_a_verb_inside_of_By_has_changed_is_not_what_it_divides_by()
    {
        Event[] came = [Of("h", "s") with { Description = "x1", Metric = 1 }, Of("h", "s") with { Description = "x2", Metric = 3 }];

        Reactors.Test(r => r.By("host", h => h.Runs(1).Map(e => e with { Host = e.Description }).MovingAverage(5))).Given(came)
            .Emits(new Event { Host = "x1", Service = "s", Metric = 1 }, new Event { Host = null, Service = "s", Metric = 2 });
        Reactors.Test(r => r.By(["host", "service"], s => s.Runs(1).Map(e => e with { Service = e.Description }).MovingAverage(5)))
            .Given(came).Emits(new Event { Host = "h", Service = "x1", Metric = 1 }, new Event { Host = "h", Service = null, Metric = 2 });
        Reactors.Test(r => r.By(["host", "service"], s => s.Percentiles(Minute, 0, 1).MovingAverage(5))).Given(came).After(Minute)
            .Emits(new Event { Host = "h", Service = "s 0", Metric = 1 }, new Event { Host = "h", Service = null, Metric = 2 });
        // Each series that was made is by itself behind it.
        Reactors.Test(r => r.By(["host", "service"], s => s.Runs(1).Map(e => e with { Service = e.Description })).MovingAverage(5))
            .Given(came).Emits(new Event { Host = "h", Service = "x1", Metric = 1 }, new Event { Host = "h", Service = "x2", Metric = 3 });
    }

    public static TheoryData<string> ByTime => ["RateOfChange", "PredictLinear", "HoltWinters", "Ewma of a time"];

    [Theory]
    [MemberData(nameof(ByTime))]
    public void One_that_is_too_late_takes_nobodys_name(string figure)
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        Recipe recipe = figure switch
        {
            "RateOfChange" => Reactor.Across(all => all.RateOfChange(second)),
            "PredictLinear" => Reactor.Across(all => all.PredictLinear(Minute, Minute)),
            "HoltWinters" => Reactor.Across(all => all.HoltWinters(2 * second, steps: 2)),
            _ => Reactor.Across(all => all.Ewma(Minute, lateness: second)),
        };
        ReactorTest test = Reactors.Test(recipe);
        for (int i = 0; i < 5; i++) test.Given(Of("a", "x")).After(second);
        test.Given(Of("b", "y") with { Time = test.Now - TimeSpan.FromHours(1) }).Given(Of("a", "x"));
        Assert.Equal(1, test.Late);
        Event last = test.Emitted[^1].Events[0];
        Assert.Equal(("a", "x"), (last.Host, last.Service));
    }

    [Fact]
    public void A_change_since_one_that_was_late_is_of_both_and_none_is_of_what_has_expired()
    {
        ReactorTest test = Reactors.Test(r => r.Across(all => all.Derivative()));
        test.Given(Of("a", "x")).After(1).Given(Of("b", "x") with { State = "expired" }).After(1)
            .Given(Of("a", "x")).After(1).Given(Of("a", "x")).Emits(new Event { Host = "a", Service = "x" });
        test.Given(Of("b", "x") with { Time = test.Now - Minute }).Given(Of("a", "x")).Emits(new Event { Host = null, Service = "x" });
    }

    [Fact]
    public void One_that_has_no_host_is_not_alike_one_that_has() =>
        Reactors.Test(r => r.Sum(Minute)).Given(Of("a", "x"), Of("a", "x") with { Host = null }).After(Minute)
            .Emits(new Event { Host = null, Service = "x", Metric = 2 });

    [Property(MaxTest = 100)]
    public FsCheck.Property A_sum_of_an_interval_has_the_names_that_all_in_it_have() =>
        Prop.ForAll(Gen.Choose(0, 8).ArrayOf().ToArbitrary(), codes =>
        {
            Event[] events = [.. codes.Select(code => Of("h" + code / 3, "s" + code % 3))];
            ReactorTest test = Reactors.Test(r => r.Sum(Minute)).Given(events).After(Minute);
            if (events.Length == 0) return;
            string? Common(Func<Event, string?> name) => events.Select(name).Distinct().Count() == 1 ? name(events[0]) : null;
            test.Emits(new Event { Host = Common(e => e.Host), Service = Common(e => e.Service), Metric = events.Length });
        });
}
