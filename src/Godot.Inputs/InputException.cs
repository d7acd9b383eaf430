namespace Godot;

/// <summary>A server cannot listen where it was told to. The message is one sentence that says why and what to change.</summary>
public sealed class InputException : Exception
{
    /// <summary>Says why.</summary>
    public InputException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
