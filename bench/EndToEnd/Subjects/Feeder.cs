using Godot.Events;
using Godot.Runtime;

namespace Godot.Bench;

/// <summary>
/// The way of a connection's bytes into an engine, without the socket: the only place here that knows the engine from inside.
/// </summary>
sealed class Feeder(Engine engine)
{
    readonly JsonLines lines = new(WireLimits.Default);
    readonly Block block = new();
    readonly Intake intake = engine.OpenIntake();

    public long Events => lines.Accepted;

    public long Rejected => lines.Rejected.Sum();

    /// <summary>
    /// Feeds whole lines, as many bytes at a time as a socket would hand over; all reactors have seen them when this returns.
    /// </summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = lines.Receive(bytes);
            long arrival = EventRules.ToTicks(engine.TimeProvider.GetUtcNow());
            while (lines.Read(block, arrival)) intake.Run(block);
        }
    }
}
