using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What many keys leave behind that came and went.</summary>
[Collection(nameof(Alone))]
public sealed class ManyKeysTests
{
    readonly FakeTimeProvider clock = new();
    readonly Counter emitted = new();

    [Fact]
    public void Memory_returns_to_where_it_was_when_a_million_series_have_expired()
    {
        Engine engine = NewEngine();
        engine.Add(Reactor.MovingAverage(3).Expire(TimeSpan.FromMinutes(1)), "watch", emitted);
        ComeAndGo(engine, 1_000_000);
        Assert.Equal(1_000_000, emitted.Events);
    }

    [Fact]
    public void So_it_does_when_the_keys_of_nested_Bys_were_idle_which_emit_what_is_pending_first()
    {
        Engine engine = NewEngine();
        engine.Add(Reactor.By("host",
            h => h.MovingAverage(3).By("service", s => s.Count(TimeSpan.FromMinutes(1)).Then(() => new AfterADay()))), "by", emitted);
        ComeAndGo(engine, 200_000);
        Assert.Equal(2 * 200_000, emitted.Events);
        Assert.All(engine.Plan.Reactors[0].Segments, segment => Assert.Equal(0, segment.Room.Keys));
    }

    Engine NewEngine() =>
        new(new() { TimeProvider = clock, Lanes = 2, IdleAfter = TimeSpan.FromMinutes(10), ForgetAfter = TimeSpan.FromMinutes(10) });

    void ComeAndGo(Engine engine, int count)
    {
        // What an engine needs anyhow.
        Feed(engine, 1000);
        PassAQuarter();
        emitted.Events = 0;
        long before = Heap();

        Feed(engine, count);
        long full = Heap();
        PassAQuarter();
        Assert.Equal(0, engine.SeriesCount);
        Assert.All(engine.Lanes, lane => Assert.Equal(long.MaxValue, lane.NextDue));
        // Indices of pages, a few pages that are kept at hand, and what a pass keeps for the next one: two hundredths, and a megabyte a
        // lane.
        long allowed = (full - before) / 50 + engine.Lanes.Length * 1_000_000, after = Heap();
        // What tests before this one have left to the thread pool may go a moment later.
        for (int i = 0; after - before > allowed && i < 10; i++) after = Heap();
        Assert.InRange(after - before, long.MinValue, allowed);
        GC.KeepAlive(engine);
    }

    void Feed(Engine engine, int count)
    {
        Intake intake = engine.OpenIntake();
        JsonLines lines = new(WireLimits.Default);
        Block block = new();
        for (int key = 0; key < count;)
        {
            Span<byte> free = lines.Free.Span;
            int used = 0;
            for (; key < count && free.Length - used > 100; key++, used++)
            {
                System.Text.Unicode.Utf8.TryWrite(free[used..],
                    $$"""{"host":"host{{key}}.example.com","service":"service{{key}}","metric":1}""", out int length);
                used += length;
                free[used] = (byte)'\n';
            }
            lines.Received(used);
            while (lines.Read(block, arrival: 1)) intake.Run(block);
        }
    }

    // Step by step: a clock that leaps has stalled.
    void PassAQuarter()
    {
        for (int second = 0; second < 15 * 60; second++) clock.Advance(TimeSpan.FromSeconds(1));
    }

    static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    sealed class Counter : ITap
    {
        public int Events { get; set; }

        public void On(string reactor, EventView e) => Events++;

        public void On(string reactor, IReadOnlyList<Event> batch) => throw new InvalidOperationException();
    }

    /// <summary>Passes everything, and once more when its key is freed; waits for longer than that in vain.</summary>
    sealed class AfterADay : Stage
    {
        readonly byte[] state = new byte[100];
        Event? last;

        public override void On(EventView e)
        {
            last = e.ToEvent();
            After(TimeSpan.FromDays(1), () => throw new InvalidOperationException($"{state.Length}"));
            Send(e);
        }

        protected override void Flush() => Send(last!);
    }
}
