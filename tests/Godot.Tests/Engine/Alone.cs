namespace Godot.Tests;

/// <summary>Tests that measure the whole process: no other runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
