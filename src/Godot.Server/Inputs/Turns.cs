using System.Collections.Concurrent;

namespace Godot;

/// <summary>
/// The ways into the engine. Stream connections take turns, as many at once as there are processors: so that however many are kept
/// waiting by a slow reactor, the thread pool is free for the others, for HTTP and for the stop, and none comes twice before another once.
/// </summary>
sealed class Turns(Engine engine, TimeProvider clock)
{
    readonly SemaphoreSlim free = new(Math.Max(2, Environment.ProcessorCount));
    readonly ConcurrentBag<Turn> spare = [];
    readonly ConcurrentBag<Turn> all = [];

    public async ValueTask<Turn> TakeAsync()
    {
        await free.WaitAsync().ConfigureAwait(false);
        return spare.TryTake(out Turn? turn) ? turn : New();
    }

    public void GiveBack(Turn turn)
    {
        spare.Add(turn);
        free.Release();
    }

    /// <summary>A turn for a thread of its own, beside the others.</summary>
    public Turn New()
    {
        Turn turn = new(engine.OpenIntake(), clock);
        all.Add(turn);
        return turn;
    }

    /// <summary>How long the oldest block that is in the engine has been there; zero if there is none.</summary>
    public TimeSpan Longest => all.Select(t => t.Busy).DefaultIfEmpty().Max();
}

/// <summary>One way into the engine, with the block that goes through it.</summary>
sealed class Turn(Intake intake, TimeProvider clock)
{
    long since;

    public Block Block { get; } = new();

    /// <summary>Runs the block; returns how many of its events were dropped.</summary>
    public int Run()
    {
        Volatile.Write(ref since, clock.GetTimestamp());
        int dropped = intake.Run(Block);
        Volatile.Write(ref since, 0);
        return dropped;
    }

    /// <summary>How long the block has been in the engine; zero if it is not.</summary>
    public TimeSpan Busy => Volatile.Read(ref since) is var start and not 0 ? clock.GetElapsedTime(start) : TimeSpan.Zero;
}
