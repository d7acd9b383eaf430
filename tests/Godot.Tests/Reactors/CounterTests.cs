using Godot.Statistics;

namespace Godot.Tests;

public sealed class CounterTests
{
    static Event Of(double? metric, string? state = null, params string[] tags) =>
        new() { Host = "h", Service = "s", Metric = metric, State = state, Tags = tags };

    [Fact]
    public void Every_metric_adds_to_the_total()
    {
        Reactors.Test(r => r.Counter()).Given(1, 2, -5, 0).Emits(1, 3, -2, -2);
        Reactors.Test(r => r.Counter(500)).Given(1, 2).Emits(501, 503);
    }

    [Fact]
    public void An_event_without_a_metric_passes_unchanged() =>
        Reactors.Test(r => r.Counter()).Given(Of(1), Of(null), Of(1))
        .Emits(new Event { Metric = 1 }, new Event { Metric = null }, new Event { Metric = 2 });

    [Fact]
    public void The_tag_reset_sets_the_total() =>
        Reactors.Test(r => r.Counter(5)).Given(Of(1), Of(10, null, "reset"), Of(1), Of(null, null, "reset"), Of(1)).Emits(
            new Event { Metric = 6 }, new Event { Metric = 10 }, new Event { Metric = 11 }, new Event { Metric = null },
                new Event { Metric = 12 });

    [Fact]
    public void An_expired_event_adds_nothing() => Reactors.Test(r => r.Counter()).Given(Of(1), Of(1, "expired"), Of(1)).Emits(1, 1, 2);

    [Fact]
    public void What_would_not_be_finite_is_dropped_and_not_added() =>
        Reactors.Test(r => r.Counter()).Given(1e308, 1e308, -1e308, 1).Emits(1e308, 0, 1);

    [Fact]
    public void Small_numbers_are_not_lost_in_a_large_one()
    {
        CompensatedSum total = new(1e16);
        for (int i = 0; i < 1_000_000; i++) Assert.True(total.TryAdd(0.1));
        Assert.True(total.TryAdd(-1e16));
        Assert.Equal(100_000, total.Value, 1e-5);
    }

    [Fact]
    public void Each_series_has_its_own_and_a_restart_loses_no_bit() =>
        Reactors.Test(r => r.Counter()).Given(Sample.Of("s", 1e16, "a"), Sample.Of("s", 1, "a"), Sample.Of("s", 5, "b")).Restart()
        .Given(Sample.Of("s", -1e16, "a")).Emits(1e16, 1e16, 5, 1);

    [Fact]
    public void A_start_that_is_no_number_is_refused() => Assert.Throws<ArgumentException>(() => Reactor.Counter(double.NaN));
}
