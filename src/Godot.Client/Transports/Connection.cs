namespace Godot;

/// <summary>An open way to the server.</summary>
abstract class Connection : IDisposable
{
    /// <summary>Whether the other side has closed it.</summary>
    public virtual bool IsClosed => false;

    /// <summary>How many bytes of these lines, in whole lines, one write carries.</summary>
    public abstract int Portion(ReadOnlySpan<byte> lines);

    /// <summary>Writes such a portion. False if this way cannot ever carry it.</summary>
    public abstract ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> portion, CancellationToken stop);

    /// <summary>Nothing more follows; what was written still arrives.</summary>
    public virtual void Finish()
    {
    }

    public abstract void Dispose();
}
