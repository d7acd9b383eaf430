namespace Godot;

/// <summary>What became of a client's connection.</summary>
public enum ConnectionState
{
    /// <summary>An attempt begins.</summary>
    Connecting,

    /// <summary>An attempt succeeded. Over UDP: the name was resolved; whether anybody listens is not known.</summary>
    Connected,

    /// <summary>An attempt failed, or the connection broke; the client will try again.</summary>
    Disconnected,

    /// <summary>The last attempt that was allowed failed: the client has ended.</summary>
    GaveUp,
}

/// <summary>One step of a client towards a connection, or the end of one.</summary>
/// <param name="State">What happened.</param>
/// <param name="Attempt">Which attempt since the client was last connected, from 1; 0 when an established connection broke.</param>
/// <param name="RetryIn">How long until the next attempt begins; null if none is to begin.</param>
/// <param name="Exception">Why it failed or broke; null if it did not, or if the server closed the connection in an orderly way. A server
/// that does not let this client in says so in the message of an <see cref="IOException"/>.</param>
public sealed record ConnectionChange(ConnectionState State, int Attempt, TimeSpan? RetryIn = null, Exception? Exception = null);
