namespace Godot.Tests;

public sealed class ExpireTests
{
    static readonly TimeSpan Ttl = Sample.Seconds(60);

    [Fact]
    public void Emits_the_last_event_as_expired_when_the_ttl_is_over()
    {
        ReactorTest test = Reactors.Test(r => r.Expire(Sample.Seconds(1))).Given(1).After(0.5).Given(2).After(2.5);
        test.Emits(new Event { Host = "host", Service = "service", Metric = 2, State = "expired", Time = Sample.At(1.5) });
        Assert.Equal([1.5], test.Times());
    }

    [Fact]
    public void The_articles_heartbeat_expires_once()
    {
        ReactorTest test = Reactors.Test(r => r.Where("service", "*/health/heartbeat").Expire(Ttl))
            .Given("app/health/heartbeat").After(15).Given("app/health/heartbeat").After(5).Given("other").After(10)
            .Given("app/health/heartbeat").After(170);
        Assert.Equal([90], test.Emits("app/health/heartbeat").Times());
    }

    [Fact]
    public void Is_silent_about_what_never_came() => Reactors.Test(r => r.Expire(Ttl)).After(1000).EmitsNothing();

    [Fact]
    public void One_event_per_silence_and_armed_again_by_the_next()
    {
        ReactorTest test = Reactors.Test(r => r.Expire(Ttl)).Given("a").After(500).Given("a").After(59).Given("a").After(500)
            .Emits("a", "a");
        Assert.Equal([60, 619], test.Times());
    }

    [Fact]
    public void A_live_host_does_not_hide_a_dead_one()
    {
        ReactorTest test = Reactors.Test(r => r.Expire(Sample.Seconds(1)))
            .Given(Sample.Of("cpu", 1, "a")).After(0.9).Given(Sample.Of("cpu", 1, "b")).After(0.8).Given(Sample.Of("cpu", 2, "b"))
            .After(1.3);
        test.Emits(new Event { Host = "a" }, new Event { Host = "b", Metric = 2 });
        Assert.Equal([1, 2.7], test.Times());
    }

    [Fact]
    public void An_event_at_the_very_end_comes_too_late() =>
        Reactors.Test(r => r.Expire(Ttl)).Given(1).After(60).Given(2).Emits(1d);

    [Fact]
    public void Grace_is_added()
    {
        Reactors.Test(r => r.Expire(Ttl, grace: Sample.Seconds(5))).Given("a").After(64.999).EmitsNothing().After(0.001).Emits("a");
        Reactors.Test(r => r.Expire(grace: Sample.Seconds(5))).Given(OfTtl(1)).After(5.999).EmitsNothing().After(0.001).Emits(1d);
    }

    static Event OfTtl(double? ttl, double metric = 1) =>
        new() { Host = "host", Service = "cpu", Metric = metric, Ttl = ttl is { } seconds ? Sample.Seconds(seconds) : null };

    [Fact]
    public void A_ttl_of_zero_is_over_at_once() =>
        Reactors.Test(r => r.Expire()).Given(OfTtl(0)).After(0.001).Given(OfTtl(0, 2)).After(0.001).Emits(1, 2);

    [Fact]
    public void A_given_ttl_overrules_the_events_own() =>
        Reactors.Test(r => r.Expire(Sample.Seconds(2))).Given(OfTtl(1)).After(1.999).EmitsNothing().After(0.001).Emits(1d);

    [Fact]
    public void Without_one_each_event_says_its_own()
    {
        ReactorTest test = Reactors.Test(r => r.Expire()).Given(OfTtl(10, 1)).After(5).Given(OfTtl(2, 2)).After(5).Emits(2d)
            .Given(OfTtl(100, 3)).After(99).EmitsNothing().After(1).Emits(3d);
        Assert.Equal([7, 110], test.Times());
    }

    [Fact]
    public void A_ttl_that_shrinks_and_grows_again_never_expires_early()
    {
        ReactorTest test = Reactors.Test(r => r.Expire());
        for (int i = 0; i < 50; i++) test.Given(OfTtl(i % 2 == 0 ? 60 : 3)).After(2).EmitsNothing();
        test.After(0.999).EmitsNothing().After(0.001).Emits(1d).After(1000).EmitsNothing();
    }

    [Fact]
    public void An_event_without_a_ttl_has_that_of_the_one_before() =>
        Reactors.Test(r => r.Expire()).Given(OfTtl(10, 1)).After(5).Given(OfTtl(null, 2)).After(9.999).EmitsNothing().After(0.001)
        .Emits(2d);

    [Fact]
    public void A_series_that_has_no_ttl_is_watched_only_if_told()
    {
        Reactors.Test(r => r.Expire()).Given(OfTtl(null)).After(100_000).EmitsNothing();
        Reactors.Test(r => r.Expire(otherwise: Ttl)).Given(OfTtl(null)).After(60).Emits(1d);
    }

    [Fact]
    public void An_event_that_arrives_expired_is_no_sign_of_life()
    {
        Event expired = new() { Host = "host", Service = "cpu", State = "expired" };
        Reactors.Test(r => r.Expire(Ttl)).Given(expired).After(1000).EmitsNothing();
        Reactors.Test(r => r.Expire(Ttl)).Given("cpu").After(30).Given(expired).After(30).Emits("cpu").Given(expired).After(1000)
            .EmitsNothing();
    }

    [Fact]
    public void Events_that_arrive_do_not_pass() => Reactors.Test(r => r.Expire(Ttl)).Given("a", "b").EmitsNothing();

    [Fact]
    public void Silence_is_measured_by_arrival_not_by_the_events_time() =>
        Reactors.Test(r => r.Expire(Ttl)).Given(new Event { Service = "cpu", Time = Sample.At(-100_000) }).After(59).EmitsNothing();

    [Fact]
    public void A_time_in_which_the_monitor_itself_was_stalled_does_not_count()
    {
        // This clock leaps: what was due on the way is late, as it is when a process has been stopped.
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        Recorder recorder = new();
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 2 });
        engine.Add(Reactor.Expire(Ttl), null, recorder);
        engine.Feed(Sample.Of("cpu", 1));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(recorder.Lines);
        for (int second = 0; second < 65; second++) clock.Advance(Sample.Seconds(1));
        Assert.Equal(["cpu=1"], recorder.Lines);
    }

    [Fact]
    public void Stopping_is_no_silence() => Reactors.Test(r => r.Expire(Ttl)).Given("a").End().EmitsNothing();

    [Fact]
    public void What_is_watched_is_never_forgotten() =>
        Reactors.Test(r => r.Expire(TimeSpan.FromHours(3)), new EngineOptions { IdleAfter = TimeSpan.FromHours(1), Lanes = 1 }).Given("a")
        .After(3 * 3600).Emits("a");

    [Fact]
    public void Inside_By_the_tuple_is_watched() =>
        Reactors.Test(r => r.By("host", h => h.Expire(Sample.Seconds(1))))
            .Given(Sample.Of("1", host: "a"), Sample.Of("1", host: "b")).After(0.8).Given(Sample.Of("2", host: "b")).After(0.7)
            .Given(Sample.Of("3", host: "b")).After(5).Emits("1", "3");

    [Fact]
    public void What_is_expected_and_never_comes_expires_too()
    {
        ReactorTest test =
            Reactors.Test(r => r.Expire(Ttl, grace: Sample.Seconds(5), expecting: [("a", "cpu"), ("b", "cpu"), ("a", "cpu")])).After(30)
            .Given(Sample.Of("cpu", 1, "b")).After(35);
        test.Emits(new Event { Host = "a", Service = "cpu", State = "expired", Description = "Never seen since the monitor started.",
            Time = Sample.At(65) });
        test.After(30).Emits(new Event { Host = "b", Metric = 1, Description = null });
        test.After(1000).EmitsNothing().Given(Sample.Of("cpu", 2, "a")).After(65)
            .Emits(new Event { Host = "a", Metric = 2, Description = null });
    }

    [Fact]
    public void Expecting_works_inside_By_and_behind_other_verbs_and_on_any_lane()
    {
        foreach (int lanes in (int[])[1, 3, 16])
        {
            EngineOptions options = new() { Lanes = lanes };
            Reactors.Test(r => r.By("host", h => h.Expire(Ttl, expecting: [("a", "x"), ("b", "x")])), options)
                .Given(Sample.Of("y", host: "b")).After(59).Given(Sample.Of("y", host: "b")).After(2).Emits(new Event { Host = "a" });
            Reactors.Test(r => r.Throttle(100, Ttl).Expire(otherwise: Ttl, expecting: [("a", "x")]), options).After(60).Emits("x");
        }
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Expire(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Expire(Sample.Seconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Expire(Ttl, grace: Sample.Seconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Expire(otherwise: TimeSpan.Zero));
        Assert.Contains("leave ttl or otherwise out", Assert.Throws<ArgumentException>(() => Reactor.Expire(Ttl, otherwise: Ttl)).Message,
            StringComparison.Ordinal);
        Assert.Contains("otherwise", Assert.Throws<ArgumentException>(() => Reactor.Expire(expecting: [("a", "b")])).Message,
            StringComparison.Ordinal);
        Assert.Contains("""Where("service", "x*")""",
            Assert.Throws<ArgumentException>(() => Reactor.Where("service", "x*").Expire(Ttl, expecting: [("a", "b")])).Message,
            StringComparison.Ordinal);
    }
}
