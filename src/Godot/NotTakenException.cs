namespace Godot;

/// <summary>An attempt to send that failed, and of which nobody has anything: there is no connection, or the answer was a refusal.</summary>
public sealed class NotTakenException : Exception
{
    /// <summary>Says why.</summary>
    public NotTakenException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
