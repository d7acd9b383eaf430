namespace Godot;

/// <summary>A server cannot have its data folder. The message is one sentence that says why and what to change.</summary>
public sealed class DataFolderException : IOException
{
    /// <summary>Says why.</summary>
    public DataFolderException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
