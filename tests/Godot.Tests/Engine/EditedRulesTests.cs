using System.Globalization;
using Godot.Common;
using Godot.Recipes;
using Godot.Runtime;

namespace Godot.Tests;

/// <summary>Saved state meets rules that were edited meanwhile: each verb finds its own, by the place that it has among its like.</summary>
public sealed class EditedRulesTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    /// <summary>Before and after the edit, and how many of the events that come after it pass.</summary>
    public static TheoryData<string, Recipe, Recipe, int> Edits => new()
    {
        { "one more may pass", Reactor.Throttle(2, Hour), Reactor.Throttle(3, Hour), 1 },
        { "fewer may pass", Reactor.Throttle(2, Hour), Reactor.Throttle(1, Hour), 0 },
        { "a limit", Reactor.Limit(2, Hour), Reactor.Limit(3, 2 * Hour), 1 },
        { "fewer in a limit", Reactor.Limit(2, Hour), Reactor.Limit(1, 2 * Hour), 0 },
        { "a verb before it", Reactor.Limit(2, Hour), Reactor.Where("service", "s").Over(0).Limit(2, Hour), 0 },
        { "a verb of its like behind it", Reactor.Limit(2, Hour), Reactor.Limit(2, Hour).Limit(1, Minute), 0 },
        { "a segment before it", Reactor.Limit(2, Hour), Reactor.By("host", r => r.MovingAverage(2)).Limit(2, Hour), 0 },
        {
            "a branch before its own",
            Reactor.Split(Branch.When("host", "h", r => r.Limit(2, Hour))),
            Reactor.Split(Branch.When("host", "other", r => r.Limit(5, Hour)), Branch.When("host", "h", r => r.Limit(2, Hour))), 0
        },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void What_a_verb_held_is_carried_over(string edit, Recipe before, Recipe after, int passes)
    {
        (IReadOnlyList<string> leftOut, List<double> metrics) = Edit(before, after, [1, 2, 3], [4, 5, 6]);

        Assert.True(leftOut.Count == 0, $"{edit}: {string.Join('\n', leftOut)}");
        Assert.Equal(passes, metrics.Count);
    }

    [Fact]
    public void A_window_of_another_length_goes_on_with_what_it_held()
    {
        Assert.Equal([6], Edit(Reactor.MovingSum(Minute), Reactor.MovingSum(2 * Minute), [1, 2], [3]).Metrics);
        Assert.Equal([5], Edit(Reactor.MovingSum(Minute), Reactor.MovingSum(1.5 * Second), [1, 2], [3]).Metrics);
        Assert.Equal([2.5], Edit(Reactor.Ewma(0.1), Reactor.Ewma(0.5), [2], [3]).Metrics);
    }

    [Fact]
    public void What_cannot_be_carried_over_is_named_with_the_reason()
    {
        Assert.Equal(["cpu: limit: Limit(2, 60m): there is no such verb now"],
            Edit(Reactor.Limit(2, Hour), Reactor.Throttle(2, Hour), [1], [2]).LeftOut);
        Assert.Equal(["cpu: movingsum: MovingSum(3): it is MovingSum(4) now"],
            Edit(Reactor.MovingSum(3), Reactor.MovingSum(4), [1], [2]).LeftOut);
        Assert.Equal(
            ["cpu: by/limit: Limit(2, 60m): its events are told apart by other fields now"],
            Edit(Reactor.By("host", r => r.Limit(2, Hour)), Reactor.By("service", r => r.Limit(2, Hour)), [1], [2]).LeftOut);
    }

    [Fact]
    public void Each_verb_has_an_identity_of_its_own()
    {
        Recipe recipe = Reactor.Where("service", "s").Over(1).Over(2)
            .By("host", r => r.Throttle(1, Hour))
            .Split(Branch.When("state", "critical", r => r.Limit(1, Hour)), Branch.When("state", "critical", r => r.Limit(1, Hour)),
                Branch.Else(r => r.Limit(1, Hour)))
            .Around(r => r.Sum(), r => r.Sum())
            .Over(3);

        Assert.Equal(
            [
                "where", "over", "over.2", "by", "by/throttle", "split", "split/state-critical/limit", "split/state-critical.2/limit",
                    "split/else/limit", "around",
                "around/way/sum", "around/way.2/sum", "over.3",
            ],
            Ids(PlacedStep.Of(recipe)));
    }

    static IEnumerable<string> Ids(IEnumerable<PlacedStep> steps) => steps.SelectMany(step => step.Inners.SelectMany(Ids).Prepend(step.Id));

    static (IReadOnlyList<string> LeftOut, List<double> Metrics) Edit(Recipe before, Recipe after, double[] first, double[] then)
    {
        VirtualClock clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using MemoryStream state = new();
        Engine old = new(new() { TimeProvider = clock });
        old.Add(before, "cpu");
        foreach (double metric in first) Feed(old, metric);
        old.Save(state);

        state.Position = 0;
        Recorder recorder = new();
        Engine edited = new(new() { TimeProvider = clock });
        edited.Add(after, "cpu", recorder);
        IReadOnlyList<string> leftOut = edited.LoadSaved(state);
        foreach (double metric in then) Feed(edited, metric);
        return (leftOut,
            [.. recorder.Lines.Select(line =>
                double.Parse(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture))]);

        void Feed(Engine engine, double metric)
        {
            engine.Feed(new Event { Host = "h", Service = "s", Metric = metric });
            clock.Advance(Second);
        }
    }
}
