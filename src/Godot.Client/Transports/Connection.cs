namespace Godot;

/// <summary>An open way to the server.</summary>
abstract class Connection : IDisposable
{
    /// <summary>Whether the other side has closed it.</summary>
    public virtual bool IsClosed => false;

    /// <summary>What the server said instead of reading: nothing that was written has arrived. Null: it said nothing.</summary>
    public virtual RefusedException? Refusal => null;

    /// <summary>How many bytes of these lines, in whole lines, one write carries.</summary>
    public abstract int Portion(ReadOnlySpan<byte> lines);

    /// <summary>Writes such a portion. False if this way cannot ever carry it.</summary>
    public abstract ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> portion, CancellationToken stop);

    /// <summary>Completes when it has stood for so long, and is still open.</summary>
    /// <exception cref="IOException">The server closed it, or refused.</exception>
    public virtual Task StandAsync(TimeSpan time, TimeProvider clock, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Nothing more follows; what was written still arrives. Waits for so long at most until the server has closed, too.</summary>
    public virtual Task FinishAsync(TimeSpan time, TimeProvider clock) => Task.CompletedTask;

    public abstract void Dispose();
}
