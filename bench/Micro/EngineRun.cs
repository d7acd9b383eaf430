using BenchmarkDotNet.Attributes;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Bench.Micro;

/// <summary>Runs a round of the fleet, parsed before, through reactors on one lane; time stands still.</summary>
public abstract class EngineRun
{
    readonly FakeTimeProvider clock = new();
    List<Block> blocks = [];
    Intake intake = null!;

    protected void Run(IEnumerable<Reactor> reactors, byte[]? text = null)
    {
        Engine engine = new(new EngineOptions { Lanes = 1, TimeProvider = clock });
        foreach (Reactor reactor in reactors) engine.Add(reactor);
        intake = engine.OpenIntake();
        blocks = Blocks.Of(text ?? Blocks.FleetLines(Blocks.Events));
        // The series and their keys are there, and windows full, before anything is measured.
        for (int i = 0; i < 12; i++) Events();
    }

    [Benchmark(OperationsPerInvoke = Blocks.Events)]
    public void Events()
    {
        foreach (Block block in blocks) intake.Run(block);
    }
}
