using System.Collections.Concurrent;
using Godot.Runtime;
using Godot.Stages;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What waits in rings, sockets, turns and for lanes has not been heard: nobody's silence is judged by that time, for ten minutes
/// at most.</summary>
public sealed class BacklogTests : IAsyncDisposable
{
    const string Mark = "monitor_overloaded_seconds";

    static readonly TimeSpan Ttl = TimeSpan.FromSeconds(5), Second = TimeSpan.FromSeconds(1);

    readonly FakeTimeProvider clock = new();
    readonly ConcurrentQueue<string> log;
    readonly Emissions emitted = new();
    readonly Engine engine;
    readonly Backlog backlog;

    public BacklogTests()
    {
        LogLines lines = new();
        log = lines.Lines;
        engine = new(new EngineOptions { TimeProvider = clock, Lanes = 2, LoggerFactory = lines });
        backlog = engine.Backlogs.Open("tcp:9876");
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    static Event Of(string service) => new() { Host = "h", Service = service };

    void Watch(Reactor reactor) => engine.Add(reactor, null, emitted);

    // Step by step: a leap is a stall.
    void Pass(TimeSpan time, TimeSpan? step = null)
    {
        TimeSpan each = step ?? Second;
        for (TimeSpan left = time; left > TimeSpan.Zero; left -= each) clock.Advance(left < each ? left : each);
    }

    [Fact]
    public void While_something_waits_to_be_read_nobody_is_silent()
    {
        Watch(Reactor.Expire(Ttl));
        engine.Feed(Of("a"));
        Pass(Second);
        backlog.Arrived();
        Pass(TimeSpan.FromMinutes(5));
        Assert.Empty(emitted.All);

        backlog.Done();
        backlog.Clear();
        Pass(3 * Second);
        Assert.Empty(emitted.All);
        Pass(3 * Second);
        Assert.Equal("a", Assert.Single(emitted.All).Service);
        Assert.False(emitted.All[0].Meta.ContainsKey(Mark));
    }

    [Fact]
    public void Whoever_is_silent_is_told_of_after_ten_minutes_of_overload_and_marked()
    {
        Watch(Reactor.Expire(Ttl));
        engine.Feed(Of("a"));
        Pass(Second);
        backlog.Arrived();
        Pass(TimeSpan.FromMinutes(10));
        Assert.Empty(emitted.All);
        Pass(6 * Second);
        Event told = Assert.Single(emitted.All);
        Assert.Equal("expired", told.State);
        Assert.InRange(told.Meta[Mark].Number!.Value, 595, 610);
    }

    [Fact]
    public void The_ten_minutes_are_those_since_a_host_was_heard()
    {
        Watch(Reactor.Expire(Ttl));
        backlog.Arrived();
        // Each beat is heard, but late, since the sender is kept waiting.
        for (int minute = 0; minute < 60; minute++)
        {
            engine.Feed(Of("late"));
            Pass(TimeSpan.FromMinutes(1));
        }
        Assert.Empty(emitted.All);
    }

    [Fact]
    public void What_waits_for_an_instant_is_heard_before_the_verdict()
    {
        Watch(Reactor.Expire(Ttl));
        engine.Feed(Of("a"));
        Pass(4.9 * Second);
        // It has come in time, and is read a moment too late.
        backlog.Arrived();
        Pass(0.2 * Second);
        engine.Feed(Of("a"));
        backlog.Done();
        backlog.Clear();
        Pass(4 * Second);
        Assert.Empty(emitted.All);
        Pass(1.2 * Second);
        Assert.Single(emitted.All);
    }

    [Fact]
    public void A_sender_that_never_pauses_but_is_kept_up_with_delays_no_verdict()
    {
        Watch(Reactor.Expire(Ttl));
        engine.Feed(Of("a"));
        TimeSpan step = TimeSpan.FromMilliseconds(20);
        for (TimeSpan time = default; time < Ttl + (10 * step); time += step)
        {
            backlog.Reading();
            backlog.Received(128 * 1024, left: 128 * 1024);
            clock.Advance(step);
            backlog.Done();
        }
        Assert.Single(emitted.All);
        Assert.Equal(TimeSpan.Zero, engine.Unheard);
        Assert.InRange(engine.Backlogs.Lag(), TimeSpan.FromTicks(1), Backlogs.Slack);
    }

    [Fact]
    public void The_age_of_what_is_read_is_known_by_how_much_had_arrived()
    {
        // A megabyte waits always, and a tenth of it is read each second: what is read is ten seconds old.
        for (int second = 0; second < 60; second++)
        {
            backlog.Reading();
            backlog.Received(100_000, left: 900_000);
            Pass(Second);
            backlog.Done();
        }
        Assert.InRange(engine.Backlogs.Lag("tcp:9876"), 9 * Second, 22 * Second);
        Assert.Equal(TimeSpan.Zero, engine.Backlogs.Lag("udp:9876"));

        // Read to the end.
        backlog.Reading();
        backlog.Received(900_000, left: 0);
        backlog.Done();
        Assert.Equal(TimeSpan.Zero, engine.Backlogs.Lag());
    }

    [Fact]
    public void A_stall_of_the_process_is_no_overload_and_counts_once()
    {
        Watch(Reactor.Expire(Ttl));
        engine.Feed(Of("a"));
        backlog.Arrived();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.InRange(engine.Backlogs.Lag(), TimeSpan.Zero, Second);
        backlog.Done();
        backlog.Clear();
        Assert.InRange(engine.Unheard, TimeSpan.FromHours(1) - Second, TimeSpan.FromHours(1));
        Assert.Empty(emitted.All);
        Pass(7 * Second);
        Assert.False(Assert.Single(emitted.All).Meta.ContainsKey(Mark));
    }

    [Fact]
    public void Backlogs_at_the_same_time_count_once()
    {
        Backlog other = engine.Backlogs.Open("udp:9876");
        backlog.Arrived();
        Pass(4 * Second, Second / 10);
        other.Arrived();
        Pass(4 * Second, Second / 10);
        backlog.Done();
        backlog.Dispose();
        Pass(4 * Second, Second / 10);
        other.Done();
        other.Dispose();
        Assert.InRange(engine.Unheard, (12 * Second) - TimeSpan.FromMilliseconds(1), 12 * Second);
        Assert.Equal(TimeSpan.Zero, engine.Backlogs.Lag());
    }

    [Fact]
    public void Every_verb_that_judges_silence_waits_and_marks()
    {
        Watch(Reactor.Where("service", "fill").FillIn(Ttl, new Event { State = "unknown" }));
        Watch(Reactor.Where("service", "last").FillInLast(Ttl, e => e with { State = "unknown" }));
        Watch(Reactor.Where("service", "index").Index(ttl: Ttl).Expired());
        Watch(Reactor.When("service", "deploy").NotFollowedBy("service", "beat", within: Ttl));
        foreach (string service in new[] { "fill", "last", "index", "deploy" }) engine.Feed(Of(service));
        emitted.Clear();
        backlog.Arrived();
        engine.Feed(Of("deploy"));
        Pass(TimeSpan.FromMinutes(10) + (4 * Second));
        Assert.Empty(emitted.All);
        Pass(3 * Second);
        Assert.Equal(["deploy", "deploy", "fill", "index", "last"], emitted.All.Select(e => e.Service).Order(StringComparer.Ordinal));
        Assert.All(emitted.All, e => Assert.InRange(e.Meta[Mark].Number!.Value, 600, 610));
    }

    [Fact]
    public void A_session_does_not_end_while_nobody_is_heard()
    {
        Watch(Reactor.Sessions(Ttl).Each());
        engine.Feed(Of("a"));
        // Stopped, then overloaded.
        clock.Advance(TimeSpan.FromMinutes(2));
        backlog.Arrived();
        Pass(TimeSpan.FromMinutes(2));
        Assert.Empty(emitted.All);
        backlog.Done();
        backlog.Clear();
        Pass(7 * Second);
        Assert.Single(emitted.All);
    }

    [Fact]
    public void What_only_gathers_goes_on()
    {
        Watch(Reactor.Coalesce(Ttl).Combine(batch => batch[0]));
        backlog.Arrived();
        for (int second = 0; second < 60; second++)
        {
            engine.Feed(Of("a"));
            Pass(Second);
        }
        Assert.InRange(emitted.All.Count, 11, 12);
    }

    [Fact]
    public void Overload_is_logged_once_a_minute()
    {
        // With something that is due some day, so that somebody looks.
        Watch(Reactor.Expire(TimeSpan.FromDays(1)));
        engine.Feed(Of("a"));
        Pass(3 * Second);
        Assert.Empty(log);
        backlog.Arrived();
        Pass(TimeSpan.FromSeconds(150));
        Assert.Equal(3, log.Count);
        Assert.All(log, line => Assert.Matches("^Warning: .* tcp:9876 ", line));
    }

    /// <summary>
    /// A connection that is read as the server reads one, by a reactor of whatever speed: hosts beat every second into the same socket as a
    /// flood, which a full socket keeps waiting. The living are never called silent; the dead are told of.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Behind_a_slow_reactor_the_living_are_not_silent_and_the_dead_are(int seed)
    {
        Random random = new(seed);
        Watch(Reactor.Where("service", "beat").Expire(Ttl));
        TimeSpan each = TimeSpan.FromMilliseconds(random.Next(2, 12));
        int flood = random.Next(200, 3000), buffer = random.Next(100, 500), socket = random.Next(500, 2000);
        TimeSpan death = TimeSpan.FromSeconds(random.Next(20, 60)), calm = TimeSpan.FromSeconds(random.Next(60, 200));
        Queue<string?> waiting = new();
        TimeSpan now = default, sent = default, died = default;
        int place = 0;

        // The sender writes until the socket is full, then waits.
        void Send()
        {
            while (sent <= now && waiting.Count < socket)
            {
                int rate = now < calm ? flood : 40;
                if (place % rate < 10)
                {
                    string host = $"h{place % rate}";
                    if (host != "h0" || now < death) waiting.Enqueue(host);
                }
                else waiting.Enqueue(null);
                place++;
                sent += TimeSpan.FromSeconds(1.0 / rate);
            }
        }

        void Sleep(TimeSpan time)
        {
            for (TimeSpan left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(10))
            {
                TimeSpan step = left < TimeSpan.FromMilliseconds(10) ? left : TimeSpan.FromMilliseconds(10);
                clock.Advance(step);
                now += step;
                Send();
            }
        }

        while (now < calm + TimeSpan.FromMinutes(12))
        {
            if (waiting.Count == 0)
            {
                backlog.Clear();
                Sleep(TimeSpan.FromMilliseconds(10));
                if (waiting.Count > 0) backlog.Arrived();
                continue;
            }
            backlog.Reading();
            List<string?> block = [];
            while (block.Count < buffer && waiting.TryDequeue(out string? host)) block.Add(host);
            backlog.Received(block.Count, waiting.Count);
            foreach (string? host in block)
            {
                if (host is null && now < calm) Sleep(each);
                if (host is null) continue;
                if (host == "h0") died = now;
                engine.Feed(new Event { Host = host, Service = "beat" });
            }
            backlog.Done();
            Assert.All(emitted.All, e => Assert.Equal("h0", e.Host));
        }
        Assert.Equal("h0", Assert.Single(emitted.All).Host);
        Assert.InRange(emitted.At[0] - clock.Start - died, Ttl, Ttl + LaneClock.MostOverload + (3 * Second));
    }

    /// <summary>Keeps what recipes emit.</summary>
    sealed class Emissions : ITap
    {
        readonly Lock gate = new();
        readonly List<Event> all = [];

        public IReadOnlyList<Event> All
        {
            get
            {
                lock (gate) return [.. all];
            }
        }

        public IReadOnlyList<DateTimeOffset> At => [.. All.Select(e => e.Time!.Value)];

        public void Clear()
        {
            lock (gate) all.Clear();
        }

        public void On(string reactor, EventView e)
        {
            lock (gate) all.Add(e.ToEvent());
        }

        public void On(string reactor, IReadOnlyList<Event> batch)
        {
            lock (gate) all.AddRange(batch);
        }
    }
}
