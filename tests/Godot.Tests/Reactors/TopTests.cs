using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class TopTests
{
    static Event Of(string host, double? metric, string? state = null, double? ttl = null) =>
        new() { Host = host, Service = "cpu", Metric = metric, State = state, Ttl = ttl is { } seconds ? Sample.Seconds(seconds) : null };

    // While no series is heard of twice, those in it are simply the highest so far.
    [Property(MaxTest = 200)]
    public Property Passes_what_is_among_the_highest_so_far() =>
        Prop.ForAll(Gen.Choose(0, 20).ListOf().ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (numbers, count) =>
    {
        double[] metrics = [.. numbers.Select(number => (double)number)];
        double[] expected = [.. metrics.Where((metric, i) => metrics[..i].Count(before => before >= metric) < count)];
        Reactors.Test(r => r.Top(count)).Given([.. metrics.Select((metric, i) => Of($"host {i}", metric))]).Emits(expected);
    });

    [Fact]
    public void A_series_that_is_in_stays_in_with_whatever_metric() =>
        Reactors.Test(r => r.Top(1)).Given(Of("a", 10), Of("a", -1e308), Of("b", -5), Of("a", -6)).Emits(10, -1e308, -5);

    [Fact]
    public void Of_equal_ones_those_stay_that_are_in() =>
        Reactors.Test(r => r.Top(1)).Given(Of("a", 10), Of("b", 10), Of("a", 10)).Emits(new Event { Host = "a" }, new Event { Host = "a" });

    [Fact]
    public void An_event_without_a_metric_is_dropped_and_changes_nothing() =>
        Reactors.Test(r => r.Top(1)).Given(Of("a", 10), Of("a", null), Of("b", 5), Of("b", null)).Emits(10d);

    [Fact]
    public void One_that_expires_makes_room_and_passes_if_it_was_in() =>
        Reactors.Test(r => r.Top(1)).Given(Of("a", 10), Of("b", 5, "expired"), Of("a", 99, "expired"), Of("a", 99, "expired"), Of("b", 1))
        .Emits(10, 99, 1);

    [Fact]
    public void One_that_is_silent_makes_room_after_its_ttl()
    {
        Reactors.Test(r => r.Top(1)).Given(Of("a", 10, ttl: 5)).After(4.999).Given(Of("b", 1)).Emits(10d).After(0.001).Given(Of("b", 1))
            .Emits(1d);
        Reactors.Test(r => r.Top(1)).Given(Of("a", 10)).After(100_000).Given(Of("b", 1)).Emits(10d);
    }

    [Fact]
    public void A_restart_forgets_nothing() => Reactors.Test(r => r.Top(2)).Given(Of("a", 10, ttl: 5), Of("b", 5)).After(3).Restart()
    .Given(Of("c", 4)).After(2).Given(Of("c", 4)).Emits(10, 5, 4);

    [Fact]
    public void By_ranks_inside_each_tuple() => Reactors.Test(r => r.By("service", s => s.Top(1)))
    .Given(Of("a", 10), Of("b", 5), Of("b", 5) with { Service = "disk" }).Emits(10, 5);

    [Fact]
    public void No_place_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Top(0));
}
