namespace Godot.Storage;

/// <summary>The file of the store could not be opened, read or written. The message says why, and what to do.</summary>
sealed class StoreException(string message, Exception? inner = null) : IOException(message, inner);
