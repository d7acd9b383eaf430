namespace Godot;

/// <summary>The server does not let this client in. The message is its own sentence, made harmless.</summary>
sealed class RefusedException(string message) : IOException(message);
