using BenchmarkDotNet.Attributes;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Bench.Micro;

/// <summary>Timers, per key: every series of a round is armed, falls silent and expires, all in their own tenths of a second.</summary>
public class TimerBenchmarks
{
    readonly FakeTimeProvider clock = new();
    List<Block> blocks = [];
    Engine engine = null!;
    Intake intake = null!;

    [GlobalSetup]
    public void Setup()
    {
        engine = new Engine(new EngineOptions { Lanes = 1, TimeProvider = clock });
        engine.Add(Reactor.Expire(TimeSpan.FromSeconds(30)));
        intake = engine.OpenIntake();
        blocks = Blocks.Of(Blocks.FleetLines(Blocks.Events));
    }

    [Benchmark(OperationsPerInvoke = Blocks.Events)]
    public void ArmAndExpire()
    {
        foreach (Block block in blocks)
        {
            intake.Run(block);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        for (int i = 0; i < 62; i++) clock.Advance(TimeSpan.FromMilliseconds(500));
    }
}
