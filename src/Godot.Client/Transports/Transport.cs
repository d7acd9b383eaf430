namespace Godot;

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
