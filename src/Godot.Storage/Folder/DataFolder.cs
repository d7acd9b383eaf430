namespace Godot.Storage;

/// <summary>The folder in which a server program keeps what outlives it.</summary>
/// <param name="Path">Where it is.</param>
sealed record DataFolder(string Path);
