using Godot.Common;
using Godot.Runtime;

namespace Godot.Tests;

/// <summary>A moment in which nobody is under way: what is saved then is whole, whoever feeds.</summary>
public sealed class PassGateTests
{
    [Fact]
    public void What_is_done_at_the_gate_meets_no_pass()
    {
        PassGate gate = new();
        int inside = 0, met = 0;
        using CancellationTokenSource stop = new();
        Thread[] passes = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                gate.Enter();
                Interlocked.Increment(ref inside);
                Thread.SpinWait(20);
                Interlocked.Decrement(ref inside);
                gate.Leave();
            }
        }))];
        foreach (Thread pass in passes) pass.Start();

        for (int i = 0; i < 2000; i++) gate.WhileEmpty(() => met += Volatile.Read(ref inside));
        stop.Cancel();
        foreach (Thread pass in passes) pass.Join();

        Assert.Equal(0, met);
    }

    [Fact]
    public void The_gate_opens_again_when_what_was_done_there_throws()
    {
        PassGate gate = new();

        Assert.Throws<ArithmeticException>(() => gate.WhileEmpty(() => throw new ArithmeticException()));

        gate.Enter();
        gate.Leave();
        bool done = false;
        gate.WhileEmpty(() => done = true);
        Assert.True(done);
    }

    [Fact]
    public void State_that_is_saved_while_others_feed_has_each_event_in_all_verbs_or_in_none()
    {
        using CancellationTokenSource stop = new();
        Engine engine = NewEngine(new Recorder());
        Thread[] feeders = [.. Enumerable.Range(0, 3).Select(number => new Thread(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++) engine.Feed(Of($"s{i % 50}", $"h{number}"));
        }))];
        foreach (Thread feeder in feeders) feeder.Start();
        List<byte[]> saved = [];
        for (int i = 0; i < 50; i++)
        {
            long before = engine.Arrivals;
            SpinWait.SpinUntil(() => engine.Arrivals > before + 5);
            using MemoryStream stream = new();
            engine.Save(stream, TestContext.Current.CancellationToken);
            saved.Add(stream.ToArray());
        }
        stop.Cancel();
        foreach (Thread feeder in feeders) feeder.Join();

        foreach (byte[] state in saved)
        {
            Recorder recorder = new();
            Engine loaded = NewEngine(recorder);
            Assert.Empty(loaded.LoadSaved(new MemoryStream(state)));
            loaded.Feed(Of("s0", "h0"));
            // One recipe counts in its first segment, the other in its third.
            Assert.Equal(2, recorder.Lines.Count);
            Assert.Equal(recorder.Lines[0], recorder.Lines[1]);
        }
    }

    static Engine NewEngine(Recorder recorder)
    {
        Engine engine = new(new() { TimeProvider = new VirtualClock(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), Lanes = 3 });
        engine.Add(Reactor.Over(0).Then(() => new Tally(), Scope.All), "at once", recorder);
        engine.Add(Reactor.By("host", r => r.Then(() => new Passing())).By("service", r => r.Then(() => new Passing()))
            .Then(() => new Tally(), Scope.All), "later", recorder);
        return engine;
    }

    static Event Of(string service, string host) => new() { Host = host, Service = service, Metric = 1 };

    sealed class Tally : Stage
    {
        int count;

        public override void On(EventView e) => Send(e with { Metric = ++count });

        protected override void Save(StateWriter state) => state.Write(count);

        protected override void Load(StateReader state) => count = state.ReadInt32();
    }

    sealed class Passing : Stage
    {
        public override void On(EventView e) => Send(e);
    }
}
