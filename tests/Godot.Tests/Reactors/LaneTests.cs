using System.Globalization;
using Godot.Events;
using Godot.Runtime;

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

    [Fact]
    public void Nor_on_how_the_events_are_divided_into_blocks_while_reactors_come_and_go_and_idle_keys_are_freed()
    {
        List<string> once = RunBlocks(lanes: 1, divide: 1);
        Assert.NotEmpty(once);
        foreach ((int lanes, int divide) in (ReadOnlySpan<(int, int)>)[(1, 1000), (1, 7), (64, 1000), (5, 33)]) Assert.Equal(once,
            RunBlocks(lanes, divide));
    }

    static List<string> RunBlocks(int lanes, int divide)
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = lanes, IdleAfter = Sample.Seconds(10), ForgetAfter = Sample.Seconds(10) });
        Dictionary<string, Recorder> recorders = [];
        Random random = new(11);
        Intake intake = engine.OpenIntake();
        Block block = new();
        Func<Reactor, Recipe>[] recipes =
        [
            .. Recipes, r => r.Expire(), r => r.By(["host", "service"], s => s.Count(Sample.Seconds(1))),
            r => r.By("host", h => h.By("service", s => s.MovingAverage(3)).Expire(Sample.Seconds(2))),
            r => r.By("host", h => h.MovingAverage(2)).Map(e => e with { Service = e.Host }).Expire(Sample.Seconds(4))
            .Count(Sample.Seconds(3)),
        ];
        for (int round = 0; round < 60; round++)
        {
            string name = "r" + random.Next(recipes.Length * 2);
            if (recorders.ContainsKey(name) && random.Next(3) == 0) engine.Remove(name);
            else if (!engine.Reactors.Contains(name))
                engine.Add(recipes[int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture) / 2](Reactor.Where("service", "*")), name,
                    recorders.TryGetValue(name, out Recorder? known) ? known : recorders[name] = new());
            int names = random.Next(1, 150), count = random.Next(500);
            block.Clear();
            for (int i = 0; i < count; i++)
            {
                block.Add(new Event
                {
                    Host = random.Next(9) == 0 ? null : "h" + random.Next(7), Service = "s" + random.Next(names), Metric = random.Next(40),
                    Time = clock.GetUtcNow(),
                    Ttl = random.Next(2) == 0 ? Sample.Seconds(random.Next(1, 8)) : null,
                });
                if (block.Count < divide && i < count - 1) continue;
                intake.Run(block);
                block.Clear();
            }
            for (int step = random.Next(30); step > 0; step--) clock.Advance(Sample.Seconds(0.5));
        }
        for (int step = 0; step < 60; step++) clock.Advance(Sample.Seconds(0.5));
        return [.. recorders.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.Lines.Select(line => pair.Key + " " + line))];
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
        return [.. test.Emitted.Select(emission =>
            string.Create(CultureInfo.InvariantCulture, $"{emission.At} {string.Join(' ', emission.Events)}"))];
    }
}
