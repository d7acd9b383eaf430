namespace Godot;

/// <summary>A command cannot do what it was told; the message is the one sentence that its user sees.</summary>
sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);
