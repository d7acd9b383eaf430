using System.Globalization;

namespace Godot.Tests;

public sealed class LaneTests
{
    static readonly Func<Reactor, Recipe>[] Recipes =
    [
        r => r.Where("service", "s*").MovingAverage(3).Over(20),
        r => r.Expire(Sample.Seconds(3)),
        r => r.By("host", h => h.Count(Sample.Seconds(2))),
        r => r.Change("metric").Throttle(5, Sample.Seconds(4)),
        r => r.Ewma(Sample.Seconds(5)).Rollup(Sample.Seconds(3), 7),
        r => r.By("service", s => s.Rollup(Sample.Seconds(2), 3)),
        r => r.Map(e => e with { Service = e.Host }).WeightedAverage(1, 2).Count(Sample.Seconds(5)),
    ];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void What_comes_out_does_not_depend_on_the_number_of_lanes(int lanes)
    {
        Assert.All(Recipes, recipe => Assert.Equal(Run(recipe, 1), Run(recipe, lanes)));
    }

    [Fact]
    public void Nor_behind_a_segment_that_emits_by_timers()
    {
        static Recipe Recipe(Reactor r) => r.Expire(Sample.Seconds(2)).By("service", s => s.Rollup(Sample.Seconds(10)));
        Assert.Equal(Run(Recipe, 1), Run(Recipe, 3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public void Expected_series_expire_in_an_order_that_does_not_depend_on_the_number_of_lanes(int lanes)
    {
        Assert.Equal(Expired(1), Expired(lanes));

        static IEnumerable<string?> Expired(int lanes) =>
            Reactors.Test(
                r => r.Expire(Sample.Seconds(5), expecting: Enumerable.Range(0, 50).Select(i => ("h", "s" + i))),
                new EngineOptions { Lanes = lanes }).After(10).Emitted.Select(emission => emission.Events[0].Service);
    }

    static List<string> Run(Func<Reactor, Recipe> recipe, int lanes)
    {
        ReactorTest test = Reactors.Test(recipe, new EngineOptions { Lanes = lanes });
        Random random = new(7);
        for (int i = 0; i < 400; i++)
        {
            test.Given(Sample.Of("s" + random.Next(5), random.Next(40), "h" + random.Next(7)));
            if (random.Next(3) == 0) test.After(random.Next(10) * 0.1);
        }
        test.After(20).End();
        Assert.NotEmpty(test.Emitted);
        return [.. test.Emitted.Select(emission => string.Create(CultureInfo.InvariantCulture, $"{emission.At} {string.Join(' ', emission.Events)}"))];
    }
}
