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

/// <summary>Where the server is, and how to get there.</summary>
abstract class Transport
{
    // How often an ICMP message said that nobody listens; only UDP gets them.
    protected long refused;

    public long Refused => Volatile.Read(ref refused);

    /// <summary>Opens a connection.</summary>
    /// <param name="wake">Set when the connection is closed by the other side.</param>
    public abstract Task<Connection> ConnectAsync(Signal wake, CancellationToken stop);

    /// <summary>The server's address, for people.</summary>
    public abstract override string ToString();
}
