namespace Godot;

/// <summary>The reactors that run. Never changed: adding and removing make a new one.</summary>
sealed class Plan(IReadOnlyList<RunningReactor> reactors)
{
    public static readonly Plan Empty = new([]);

    public IReadOnlyList<RunningReactor> Reactors { get; } = reactors;

    /// <summary>The first segment of each reactor.</summary>
    public Segment[] Entries { get; } = [.. reactors.Select(reactor => reactor.Entry)];
}
