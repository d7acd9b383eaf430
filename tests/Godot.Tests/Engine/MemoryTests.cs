using System.Runtime.CompilerServices;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What is left of reactors that were removed, and of bursts that are over.</summary>
public sealed class MemoryTests
{
    readonly FakeTimeProvider clock = new();
    readonly Recorder recorder = new();

    static Event Of(string service, double? metric = null) => new() { Service = service, Metric = metric };

    [Fact]
    public void A_series_is_freed_although_a_reactor_that_was_removed_watched_it()
    {
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 1, IdleAfter = TimeSpan.FromHours(1), ForgetAfter = TimeSpan.FromHours(1) });
        engine.Add(Reactor.Expire(TimeSpan.FromDays(2)), "watch");
        engine.Feed(Of("a", 1));
        engine.Remove("watch");
        for (int minute = 0; minute < 120; minute++) clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, engine.SeriesCount);
    }

    [Fact]
    public void A_reactor_that_was_removed_is_left_to_the_collector()
    {
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 1, IdleAfter = TimeSpan.FromHours(1), ForgetAfter = TimeSpan.FromHours(1) });
        WeakReference removed = AddAndRemove(engine);
        // The series is still alive, and what passes notices the change.
        engine.Feed(Of("a", 2));
        for (int minute = 0; minute < 30; minute++) clock.Advance(TimeSpan.FromMinutes(1));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(removed.IsAlive);
        GC.KeepAlive(engine);
    }

    [Fact]
    public void Nor_does_a_lane_keep_it_on_which_no_series_is_left()
    {
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 2, IdleAfter = TimeSpan.FromHours(1), ForgetAfter = TimeSpan.FromHours(1) });
        WeakReference removed = AddAndRemoveIdle(engine);
        string other = Enumerable.Range(0, 100).Select(i => "b" + i).First(name => LaneOf(name) != LaneOf("a"));
        engine.Feed(Of(other, 1));
        for (int minute = 0; minute < 30; minute++) clock.Advance(TimeSpan.FromMinutes(1));
        GC.Collect();
        Assert.False(removed.IsAlive);
        GC.KeepAlive(engine);
    }

    static ulong LaneOf(string service) => SeriesKey.Hash(Of(service)) >> 63;

    [MethodImpl(MethodImplOptions.NoInlining)]
    WeakReference AddAndRemoveIdle(Engine engine)
    {
        engine.Add(Reactor.Ewma(0.5), "short", recorder);
        engine.Feed(Of("a", 1));
        for (int minute = 0; minute < 120; minute++) clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, engine.SeriesCount);
        WeakReference removed = new(engine.Plan.Reactors[0]);
        engine.Remove("short");
        return removed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    WeakReference AddAndRemove(Engine engine)
    {
        engine.Add(Reactor.Ewma(0.5).Count(TimeSpan.FromDays(2)), "short", recorder);
        engine.Feed(Of("a", 1));
        WeakReference removed = new(engine.Plan.Reactors[0]);
        engine.Remove("short");
        return removed;
    }

    [Fact]
    public void Many_emissions_of_one_pass_are_not_kept_for_ever()
    {
        EmissionBuffer buffer = new(new TapTarget(1, "r", recorder));
        WeakReference first = Fill(buffer);
        buffer.Clear();
        buffer.Add(Large, (0, 0));
        GC.Collect();
        Assert.False(first.IsAlive);
        Assert.Equal(60_000, buffer.Items[0].View.Description!.Length);
    }

    [Fact]
    public void The_room_that_a_pass_takes_does_not_grow_with_its_emissions()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.By("service", r => r.Ewma(0.5)));
        Segment target = engine.Plan.Reactors[0].Entry;
        Exchange pass = new(engine);
        for (int i = 0; i < 200_000; i++) pass.Emit(target, Of("a", 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        pass.Deliver();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(200_000, engine.StageCounts().Sum(stage => stage.Events));
    }

    static Event Large => new() { Service = "a", Description = new string('x', 60_000) };

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference Fill(EmissionBuffer buffer)
    {
        for (int i = 0; i < 1000; i++) buffer.Add(Large, (i, 0));
        Assert.InRange(buffer.Items.ToArray().Max(item => item.Block!.Bytes.Length), 0, 4_000_000);
        Assert.All(buffer.Items.ToArray(), item => Assert.Equal(60_000, item.View.Description!.Length));
        return new WeakReference(buffer.Items[0].Block!.Bytes);
    }
}
