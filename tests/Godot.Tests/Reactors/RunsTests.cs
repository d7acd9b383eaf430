using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class RunsTests
{
    [Property(MaxTest = 200)]
    public Property Passes_what_ends_a_run_of_so_many() => Prop.ForAll(Steps.Random(1, 2), Gen.Choose(1, 4).ToArbitrary(), (steps, count) =>
        steps.Run(Reactor.Runs(count)).SequenceEqual(steps
            .Where(step => step.Index >= count - 1
                && steps[(step.Index - count + 1)..(step.Index + 1)].All(other => other.Number == step.Number))
            .Select(step => Steps.Text(step.At, step.Index))));

    [Fact]
    public void Numbers_compare_as_numbers_and_none_is_a_value_too()
    {
        Reactors.Test(r => r.Runs(2, "metric")).Given(0, -0.0, 1e308, 1e308, 1).Emits(0, 1e308);
        Reactors.Test(r => r.Runs(2, "metric")).Given(Sample.Of("a"), Sample.Of("a"), Sample.Of("a", 1)).Emits("a");
    }

    [Fact]
    public void Each_series_runs_by_itself_and_inside_By_each_tuple()
    {
        Event[] events = [Sample.Of("cpu", 1, "a", "ok"), Sample.Of("cpu", 2, "b", "ok"), Sample.Of("cpu", 3, "a", "ok")];
        Reactors.Test(r => r.Runs(2)).Given(events).Emits(3d);
        Reactors.Test(r => r.By("service", s => s.Runs(2))).Given(events).Emits(2, 3);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Runs(0));
        Assert.Throws<ArgumentException>(() => Reactor.Runs(2, "nosuch"));
        Assert.Throws<ArgumentException>(() => Reactor.Runs(2, default(Field)));
    }
}
