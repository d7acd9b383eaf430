using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class ClockSkewTests
{
    static Event Of(string? host, double ahead, double at = 0, double? ttl = null, string? state = null) =>
        new() { Host = host, Metric = 77, Time = Sample.At(at + ahead), Ttl = ttl is { } seconds ? Sample.Seconds(seconds) : null,
            State = state };

    [Property(MaxTest = 200)]
    public Property Is_the_difference_from_the_median_of_what_each_host_said_last() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 4), Gen.Choose(-100, 100)).ListOf().ToArbitrary(), pairs =>
    {
        List<double> expected = [];
        Dictionary<int, int> hosts = [];
        foreach ((int host, int ahead) in pairs)
        {
            hosts[host] = ahead;
            int[] sorted = [.. hosts.Values.Order()];
            expected.Add(ahead - (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2d);
        }
        Reactors.Test(r => r.ClockSkew()).Given([.. pairs.Select(pair => Of($"host {pair.Item1}", pair.Item2))]).Emits([.. expected]);
    });

    [Fact]
    public void Clocks_go_on_between_events() =>
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0), Of("b", 0), Of("c", 0)).After(30).Given(Of("a", 5, at: 30)).Emits(0, 0, 0, 5);

    [Fact]
    public void A_jump_back_is_a_negative_skew() =>
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0), Of("b", 0), Of("a", -3600), Of("c", 0)).Emits(0, 0, -1800, 0);

    [Fact]
    public void The_clock_of_the_monitor_does_not_matter() =>
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 1e9), Of("b", 1e9), Of("c", 1e9 + 2)).Emits(0, 0, 2);

    [Fact]
    public void What_says_no_host_or_no_time_is_dropped() =>
        Reactors.Test(r => r.ClockSkew()).Given(Of(null, 5), new Event { Host = "a" }).EmitsNothing();

    [Fact]
    public void An_expired_event_passes_without_a_metric_and_its_host_is_forgotten() =>
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0), Of("b", 10), Of("a", 0, state: "expired"), Of("b", 10))
            .Emits(new Event { Metric = 0 }, new Event { Metric = 5 }, new Event { Host = "a", State = "expired", Metric = null },
                new Event { Metric = 0 });

    [Fact]
    public void A_host_that_is_silent_is_forgotten_after_its_ttl_or_a_minute()
    {
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0, ttl: 5)).After(4.999).Given(Of("b", 10, at: 4.999)).Emits(0, 5);
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0, ttl: 5)).After(5).Given(Of("b", 10, at: 5)).Emits(0, 0);
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0)).After(60).Given(Of("b", 10, at: 60)).Emits(0, 0);
    }

    [Fact]
    public void By_compares_inside_each_tuple() =>
        Reactors.Test(r => r.By("state", s => s.ClockSkew()))
        .Given(Of("a", 0, state: "x"), Of("b", 10, state: "y"), Of("c", 10, state: "x")).Emits(0, 0, 5);

    [Fact]
    public void A_restart_forgets_no_host() =>
        Reactors.Test(r => r.ClockSkew()).Given(Of("a", 0), Of("b", 0)).Restart().Given(Of("c", 8)).Emits(0, 0, 8);
}
