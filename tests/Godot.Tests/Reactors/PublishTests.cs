using System.Globalization;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

public sealed class PublishTests
{
    readonly FakeTimeProvider clock = new(Sample.At(0));

    Engine NewEngine(int lanes = 1) => new(new EngineOptions { Lanes = lanes, TimeProvider = clock });

    static Recorder Record(Engine engine, Reactor recipe, string name)
    {
        Recorder recorder = new();
        engine.Add(recipe, name, recorder);
        return recorder;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Subscribers_are_handed_what_is_published_and_nothing_else(bool subscriberFirst)
    {
        Engine engine = NewEngine();
        Recorder all = new(), big = new();
        Action[] adds =
        [
            () => engine.Add(Reactor.Subscribe("alerts"), "all", all),
            () => engine.Add(Reactor.Subscribe("alerts").Over(90), "big", big),
            () => engine.Add(Reactor.Where("service", "cpu").Over(50).Publish("alerts"), "publisher", null),
        ];
        foreach (Action add in subscriberFirst ? adds : adds.Reverse()) add();
        foreach (Event e in new[] { Sample.Of("cpu", 60), Sample.Of("disk", 95), Sample.Of("cpu", 95), Sample.Of("cpu", 5) })
            engine.Feed(e);
        Assert.Equal(["cpu=60", "cpu=95"], all.Lines);
        Assert.Equal(["cpu=95"], big.Lines);
    }

    [Fact]
    public void What_is_published_passes_on()
    {
        Reactors.Test(r => r.Over(50).Publish("nobody listens").Under(90)).Given(40, 60, 95).Emits(60d);
        Assert.Equal("""Subscribe("a\"").By("host", r => r.Publish("b"))""",
            Reactor.Subscribe("a\"").By("host", r => r.Publish("b")).ToString());
    }

    [Fact]
    public void Several_may_publish_and_subscribers_may_publish_again()
    {
        Engine engine = NewEngine();
        Recorder end = Record(engine, Reactor.Subscribe("c"), "end");
        engine.Add(Reactor.Subscribe("b").Map(e => e with { Metric = e.Metric * 10 }).Publish("c"));
        engine.Add(Reactor.Where("service", "x").Publish("c"));
        engine.Add(Reactor.Subscribe("a").Publish("b"));
        engine.Add(Reactor.Around(r => r.Where("service", "y").Publish("a")).Across(r => r.Throttle(3, Sample.Seconds(1))).Publish("c"));
        for (int i = 1; i <= 4; i++) engine.Feed(Sample.Of(i % 2 == 0 ? "x" : "y", i));
        Assert.Equal(["y=1", "y=10", "x=2", "x=2", "y=3", "y=30", "x=4"], end.Lines);
    }

    [Fact]
    public void A_subscriber_has_state_of_its_own_by_its_own_scope()
    {
        Engine engine = NewEngine();
        Recorder byService = Record(engine, Reactor.Subscribe("t").By("service", r => r.MovingAverage(2)), "by");
        Recorder silent =
            Record(engine, Reactor.Subscribe("t").Where("service", "a").Expire(Sample.Seconds(5), expecting: [("h", "a")]), "silent");
        engine.Add(Reactor.Publish("t"));
        foreach (Event e in new[] { Sample.Of("a", 1, "h"), Sample.Of("a", 3, "i"), Sample.Of("b", 5, "i") }) engine.Feed(e);
        Assert.Equal(["h/a=1", "a=2", "i/b=5"], byService.Lines);
        for (int i = 0; i < 10; i++) clock.Advance(Sample.Seconds(0.5));
        Assert.Equal(["h/a=1", "i/a=3"], silent.Lines);
    }

    [Fact]
    public void Either_side_may_be_removed_and_added_again()
    {
        Engine engine = NewEngine();
        engine.Add(Reactor.Publish("t"), "publisher");
        Recorder seen = Record(engine, Reactor.Subscribe("t"), "subscriber");
        engine.Feed(Sample.Of("a", 1));
        engine.Remove("subscriber");
        engine.Feed(Sample.Of("a", 2));
        Recorder again = Record(engine, Reactor.Subscribe("t"), "subscriber");
        engine.Feed(Sample.Of("a", 3));
        engine.Remove("publisher");
        engine.Feed(Sample.Of("a", 4));
        engine.Add(Reactor.Publish("t"), "publisher");
        engine.Feed(Sample.Of("a", 5));
        Assert.Equal(["a=1"], seen.Lines);
        Assert.Equal(["a=3", "a=5"], again.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_publishers_hold_at_the_end_reaches_their_subscribers(bool subscriberFirst)
    {
        Engine engine = NewEngine(lanes: 4);
        Recorder seen = new();
        if (subscriberFirst) engine.Add(Reactor.Subscribe("t").Count(Sample.Seconds(60)), "subscriber", seen);
        engine.Add(Reactor.By("service", r => r.Count(Sample.Seconds(60))).Publish("t"), "publisher");
        if (!subscriberFirst) engine.Add(Reactor.Subscribe("t").Count(Sample.Seconds(60)), "subscriber", seen);
        foreach (Event e in new[] { Sample.Of("a", 1), Sample.Of("b", 1), Sample.Of("a", 1) }) engine.Feed(e);
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["=2"], seen.Lines);
    }

    [Fact]
    public void A_circle_is_refused_and_nothing_of_it_runs()
    {
        Engine engine = NewEngine();
        engine.Add(Reactor.Subscribe("a").Publish("b"), "ab");
        engine.Add(Reactor.Subscribe("b").By("host", r => r.Publish("c")), "bc");
        ArgumentException refused =
            Assert.Throws<ArgumentException>(() => engine.Add(Reactor.Subscribe("c").Around(r => r.Publish("a")), "ca"));
        Assert.Equal(
            "The reactor \"ca\" would be handed what follows from what it publishes: the topic \"c\" leads to \"a\", that to \"b\", that "
                + "to \"c\". Publish on another topic, or subscribe to another. (Parameter 'added')",
            refused.Message);
        Assert.Contains("the topic \"x\" leads to \"x\". ",
            Assert.Throws<ArgumentException>(() => engine.Add(Reactor.Subscribe("x").Publish("x"))).Message, StringComparison.Ordinal);
        Assert.Equal(["ab", "bc"], engine.Reactors);
        engine.Remove("bc");
        engine.Add(Reactor.Subscribe("c").Publish("a"), "ca");
    }

    [Fact]
    public void To_subscribe_within_a_reactor_is_refused()
    {
        Engine engine = NewEngine();
        Reactor inner = Reactor.Subscribe("t");
        Assert.StartsWith("Subscribe(\"t\") stands within a reactor",
            Assert.Throws<ArgumentException>(() => engine.Add(Reactor.Around(inner))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => engine.Add(Reactor.By("host", _ => inner)));
        Assert.Throws<ArgumentException>(() => Reactor.Subscribe(""));
        Assert.Throws<ArgumentException>(() => Reactor.Publish(" "));
    }

    [Fact]
    public async Task Nothing_is_lost_while_several_feed_and_others_come_and_go()
    {
        const int count = 20_000;
        await using Engine engine = new(new EngineOptions { Lanes = 4 });
        Recorder all = Record(engine, Reactor.Subscribe("b"), "all");
        engine.Add(Reactor.Subscribe("a").By("service", r => r.MovingAverage(2)).Publish("b"));
        engine.Add(Reactor.Publish("a"));
        Task[] feeders = [.. Enumerable.Range(0, 3).Select(host => Task.Run(() =>
        {
            for (int i = 0; i < count; i++) engine.Feed(Sample.Of("s" + i % 50, host, "h" + host));
        }, TestContext.Current.CancellationToken))];
        for (int round = 0; !feeders.All(feeder => feeder.IsCompleted); round++)
        {
            string name =
                engine.Add(Reactor.Subscribe(round % 2 == 0 ? "a" : "b").By("host", r => r.Throttle(5, Sample.Seconds(1))).Publish("c"));
            engine.Remove(name);
        }
        await Task.WhenAll(feeders);
        Assert.Equal(3 * count, all.Lines.Count);
    }

    [Fact]
    public void What_subscribers_get_depends_neither_on_the_number_of_lanes_nor_on_how_events_are_divided_into_blocks()
    {
        List<string> once = Run(lanes: 1, divide: 1);
        Assert.True(once.Count > 1000);
        for (int lanes = 1; lanes <= 16; lanes++) Assert.Equal(once, Run(lanes, divide: lanes * 7 % 50 + 1));
        Assert.Equal(once, Run(lanes: 3, divide: 1000));
    }

    static List<string> Run(int lanes, int divide)
    {
        FakeTimeProvider clock = new(Sample.At(0));
        Engine engine = new(new EngineOptions { Lanes = lanes, TimeProvider = clock });
        (string Name, Reactor Recipe)[] recipes =
        [
            ("end", Reactor.Subscribe("c")),
            ("c by series", Reactor.Subscribe("c").Change("metric")),
            ("b to c", Reactor.Subscribe("b").By("host", r => r.MovingAverage(3)).Publish("c")),
            ("odd", Reactor.Where("service", "*[13579]").Publish("a")),
            ("all", Reactor.Across(r => r.Throttle(7, Sample.Seconds(1))).Publish("a").Publish("c")),
            ("silent", Reactor.Expire(Sample.Seconds(2)).Publish("a")),
            ("counted", Reactor.Across(r => r.Count(Sample.Seconds(1))).Publish("c")),
            ("counted too", Reactor.Across(r => r.Count(Sample.Seconds(1))).Publish("b")),
            ("a to b", Reactor.Subscribe("a").By("service", r => r.Count(Sample.Seconds(1))).Publish("b")),
            ("a twice", Reactor.Subscribe("a").Around(r => r.Publish("c")).Map(e => e with { Service = e.Host }).WeightedAverage(1, 2)
                .Publish("c")),
        ];
        Recorder[] recorders = [.. recipes.Select(recipe => Record(engine, recipe.Recipe, recipe.Name))];
        Intake intake = engine.OpenIntake();
        Block block = new();
        Random random = new(5);
        for (int round = 0; round < 40; round++)
        {
            int count = random.Next(60);
            block.Clear();
            for (int i = 0; i < count; i++)
            {
                block.Add(new Event { Host = "h" + random.Next(5), Service = "s" + random.Next(20), Metric = random.Next(9),
                    Time = clock.GetUtcNow() });
                if (block.Count < divide && i < count - 1) continue;
                intake.Run(block);
                block.Clear();
            }
            for (int step = random.Next(8); step > 0; step--) clock.Advance(Sample.Seconds(0.5));
        }
        engine.StopAsync().GetAwaiter().GetResult();
        return [.. recorders.SelectMany((recorder, i) =>
            recorder.Lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{recipes[i].Name}: {line}")))];
    }
}
