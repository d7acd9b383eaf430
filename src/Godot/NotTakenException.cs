namespace Godot;

/// <summary>An attempt to send that failed, and of which nobody has anything: there was no connection, or it was refused.</summary>
public sealed class NotTakenException : Exception
{
    /// <summary>Says why.</summary>
    public NotTakenException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
