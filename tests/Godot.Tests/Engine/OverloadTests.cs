using System.Globalization;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What comes in beyond a limit, and what the engine says about it.</summary>
public sealed class OverloadTests
{
    readonly FakeTimeProvider clock = new();
    readonly Notices notices = new();

    static Event Of(string service, string? host = null) => new() { Host = host, Service = service, Metric = 1 };

    Engine NewEngine(int lanes = 1, int maxSeries = 1000, int maxKeys = 1000)
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = lanes, MaxSeries = maxSeries, MaxKeys = maxKeys });
        engine.Add(Reactor.Where("service", "godot/*"), "notices", notices);
        return engine;
    }

    [Fact]
    public void A_By_with_too_many_keys_says_so_once_a_minute_as_long_as_it_loses_events()
    {
        Engine engine = NewEngine();
        engine.Add(Reactor.By("service", r => r.MovingAverage(2), maxKeys: 2), "averages");
        foreach (string service in (string[])["a", "b", "a", "b"]) engine.Feed(Of(service));
        Assert.Empty(notices.Events);
        foreach (string service in (string[])["c", "a", "c", "d"]) engine.Feed(Of(service));
        Event notice = Assert.Single(notices.Events);
        Assert.Equal(("godot/keys-exceeded", Environment.MachineName, "critical", 1.0),
            (notice.Service, notice.Host, notice.State, notice.Metric));
        Assert.Equal(
            "By(\"service\") in reactor averages has 2 keys, as many as it may, or names of 268435456 bytes; events of further ones are "
                + "lost in it.", notice.Description);
        Assert.Equal(clock.GetUtcNow(), notice.Time);

        for (int second = 0; second < 60; second++) clock.Advance(TimeSpan.FromSeconds(1));
        foreach (string service in (string[])["a", "b"]) engine.Feed(Of(service));
        Assert.Single(notices.Events);
        engine.Feed(Of("e"));
        Assert.Equal([1, 4], notices.Events.Select(e => e.Metric!.Value));
    }

    [Fact]
    public void Without_a_limit_of_its_own_it_has_the_engines()
    {
        Engine engine = NewEngine(maxKeys: 1);
        engine.Add(Reactor.By("service", r => r.MovingAverage(2)), "small");
        engine.Add(Reactor.By("service", r => r.MovingAverage(2), maxKeys: 100), "large");
        foreach (string service in (string[])["a", "b"]) engine.Feed(Of(service));
        Assert.StartsWith("By(\"service\") in reactor small has 1 keys", Assert.Single(notices.Events).Description,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_By_of_host_and_service_may_have_fewer_keys_than_there_are_series()
    {
        Engine engine = NewEngine();
        Recorder recorder = new();
        engine.Add(Reactor.MovingAverage(1).By(["host", "service"], r => r.MovingAverage(2), maxKeys: 1), "averages", recorder);
        foreach (string service in (string[])["a", "b", "a"]) engine.Feed(Of(service));
        Assert.Equal(["a=1", "a=1"], recorder.Lines);
        Assert.Single(notices.Events);
    }

    [Fact]
    public void A_By_without_room_for_the_notice_says_nothing_about_that()
    {
        Engine engine = NewEngine();
        engine.Add(Reactor.By("service", r => r.MovingAverage(2), maxKeys: 1), "one");
        engine.Add(Reactor.By("service", r => r.MovingAverage(2), maxKeys: 2), "two");
        foreach (string service in (string[])["a", "b"]) engine.Feed(Of(service));
        Assert.Equal(["one"], notices.Events.Select(e => e.Description!.Split(' ')[3]));
        Assert.Equal([0, 1, 0], engine.Plan.Reactors.Select(reactor => reactor.Refused));
    }

    [Fact]
    public void Too_many_series_say_so_with_a_series_that_there_is_always_room_for()
    {
        Engine engine = NewEngine(maxSeries: 2);
        Assert.True(engine.Feed(Of("a")));
        Assert.True(engine.Feed(Of("b")));
        Assert.False(engine.Feed(Of("c")));
        Assert.False(engine.Feed(Of("godot/imitation")));
        Event notice = Assert.Single(notices.Events);
        Assert.Equal(("godot/series-exceeded", Environment.MachineName, "critical", 1.0),
            (notice.Service, notice.Host, notice.State, notice.Metric));
        Assert.Equal(2, engine.RefusedCount);
        Assert.True(engine.Feed(Of("a")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public void Which_keys_and_series_are_the_first_does_not_depend_on_the_number_of_lanes(int lanes) => Assert.Equal(Pass(1), Pass(lanes));

    static IEnumerable<string> Pass(int lanes)
    {
        Engine engine = new(new EngineOptions { TimeProvider = new FakeTimeProvider(), Lanes = lanes, MaxSeries = 150 });
        Recorder recorder = new();
        engine.Add(Reactor.By("service", r => r.MovingAverage(2), maxKeys: 70), "by", recorder);
        engine.Add(Reactor.Ewma(0.5), "all", recorder);
        Block block = new();
        Random random = new(3);
        for (int i = 0; i < 256; i++) block.Add(Of(random.Next(100).ToString(CultureInfo.InvariantCulture), "h" + random.Next(3)));
        engine.OpenIntake().Run(block);
        Assert.InRange(engine.RefusedCount, 1, 200);
        return recorder.Lines;
    }

    [Fact]
    public void A_By_refuses_to_have_room_for_nothing() =>
        Assert.Contains("maxKeys", Assert.ThrowsAny<ArgumentException>(() => Reactor.By("host", r => r, maxKeys: 0)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_limit_of_its_own_stands_in_the_recipes_text() =>
        Assert.Equal("By(\"host\", r => r.Over(5), maxKeys: 10)", Reactor.By("host", r => r.Over(5), maxKeys: 10).ToString());

    sealed class Notices : ITap
    {
        public List<Event> Events { get; } = [];

        public void On(string reactor, EventView e) => Events.Add(e.ToEvent());

        public void On(string reactor, IReadOnlyList<Event> batch) => throw new InvalidOperationException();
    }
}
