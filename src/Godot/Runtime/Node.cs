using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>A piece of a segment's plan, from which each of its shards makes a stage.</summary>
abstract class Node(PlacedStep? step, Node? next)
{
    /// <summary>Where events go that its stage loses because it throws; null if nowhere.</summary>
    public ExitNode? Failed { get; init; }

    /// <summary>The verb; null of a way out, which is none.</summary>
    public PlacedStep? Step => step;

    /// <summary>What comes after it in the segment; null where the way ends.</summary>
    public Node? Next => next;
}

/// <summary>A verb's stage.</summary>
sealed class StageNode(PlacedStep step, string text, Func<Stage> make, Node? next) : Node(step, next)
{
    /// <summary>
    /// The verb as it was written, if it looks at more than one event: what it keeps is saved by that name. Otherwise empty.
    /// </summary>
    public string Text => text;

    /// <summary>An opaque stage comes before it in the segment: the events may be of other series than those that came in.</summary>
    public bool Moved { get; init; }

    public Func<Stage> Make => make;
}

/// <summary>Hands each event to every branch, then on.</summary>
sealed class ForkNode(PlacedStep step, IReadOnlyList<Node> branches, Node? next) : Node(step, next)
{
    public IReadOnlyList<Node> Branches => branches;
}

/// <summary>Hands each event to the first branch whose filter lets it pass, or that has none. A branch may be empty.</summary>
sealed class SplitNode(PlacedStep step, IReadOnlyList<(Filter? Filter, Node? Node)> branches) : Node(step, null)
{
    public IReadOnlyList<(Filter? Filter, Node? Node)> Branches => branches;
}

/// <summary>The way out of the segment.</summary>
sealed class ExitNode(Target? target = null) : Node(null, null)
{
    /// <summary>
    /// Where it leads. A target is numbered after everything that sends to it, so it may not be there yet when the way to it is made.
    /// </summary>
    public Target? Target { get; set; } = target;
}
