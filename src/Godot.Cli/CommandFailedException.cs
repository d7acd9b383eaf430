namespace Godot;

/// <summary>A command cannot do what it was told; the message is the one sentence that its user sees.</summary>
class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The command line asks for what cannot be.</summary>
sealed class UsageException(string message, Exception? inner = null) : CommandFailedException(message, inner);
