using Godot.Events;

namespace Godot.Recipes;

/// <summary>One verb of a recipe.</summary>
/// <param name="Text">The verb as it was written: <c>Over(50)</c>.</param>
abstract record Step(string Text)
{
    /// <summary>
    /// The recipes inside, each with what it is for: the fields of a <c>By</c>, a branch's condition; empty where that needs no word.
    /// </summary>
    public virtual IEnumerable<(string Label, Recipe Recipe)> Inners => [];

    /// <summary>True if it emits what the recipes inside emit; false if they stand beside the way.</summary>
    public virtual bool EmitsInners => true;

    public sealed override string ToString() => Text;
}

/// <summary>A stage of its own.</summary>
/// <param name="Opaque">It may emit events of another series than it was handed, or of other fields.</param>
sealed record StageStep(string Text, Scope Scope, Func<Stage> Make, bool Opaque = false) : Step(Text)
{
    /// <summary>Series that the stage is told of before the first event.</summary>
    public IReadOnlyList<(string Host, string Service)> Expecting { get; init; } = [];

    // What follows is for `check`, which finds verbs that nothing can reach; a verb that does not say is never blamed.

    /// <summary>What is not lost on it: events that this does not pass are as good as none.</summary>
    public Filter? Takes { get; init; }

    /// <summary>A field of which it must see more than one value before it emits anything.</summary>
    public FieldSet Compares { get; init; }

    /// <summary>What everything that it emits passes.</summary>
    public Filter? Gives { get; init; }

    /// <summary>The fields that are in every event that it emits as they were in one that it was handed.</summary>
    public FieldSet Keeps { get; init; } = Opaque ? FieldSet.None : FieldSet.Series;
}

/// <summary>A filter as data, so that the engine can see what it looks at.</summary>
sealed record FilterStep(string Text, Filter Filter) : Step(Text);

/// <summary>A recipe inside a scope of its own: a tuple of fields, or, where there are none, everything.</summary>
sealed record ScopeStep(string Text, Fields? Fields, Recipe Inner) : Step(Text)
{
    /// <summary>How many tuples there may be; null: as many as the engine says.</summary>
    public int? MaxKeys { get; init; }

    /// <summary>How long verbs without a time of their own remember a tuple; null: as long as the engine says.</summary>
    public TimeSpan? ForgetAfter { get; init; }

    public override IEnumerable<(string Label, Recipe Recipe)> Inners => [(Fields?.ToString() ?? "", Inner)];
}

/// <summary>A recipe on the way, in the scope in which it stands.</summary>
sealed record InnerStep(string Text, Recipe Inner) : Step(Text)
{
    public override IEnumerable<(string Label, Recipe Recipe)> Inners => [("", Inner)];
}

/// <summary>Recipes beside the way: each is handed every event, and the event passes on.</summary>
sealed record AroundStep(string Text, IReadOnlyList<Recipe> Branches) : Step(Text)
{
    public override IEnumerable<(string Label, Recipe Recipe)> Inners => Branches.Select(branch => ("", branch));

    public override bool EmitsInners => false;
}

/// <summary>Recipes that each take some of the events: the first whose filter lets an event pass, or that has none.</summary>
sealed record SplitStep(string Text, IReadOnlyList<Branch> Branches) : Step(Text)
{
    public override IEnumerable<(string Label, Recipe Recipe)> Inners => Branches.Select(branch => (branch.Label, branch.Inner));
}

/// <summary>A recipe, and another one for the events that were lost in it because a stage threw.</summary>
sealed record ExceptionStep(string Text, Recipe Inner, Recipe Failed) : Step(Text)
{
    public override IEnumerable<(string Label, Recipe Recipe)> Inners => [("events", Inner), ("exceptions", Failed)];
}

/// <summary>A topic beside the way: whoever subscribes to it is handed every event, and the event passes on.</summary>
sealed record PublishStep(string Text, string Topic) : Step(Text);

/// <summary>Where the events of a recipe come from, if not from the inputs; its first verb.</summary>
sealed record SubscribeStep(string Text, string Topic) : Step(Text);

/// <summary>An output beside the way.</summary>
sealed record OutputStep(string Text, OutputRecipe Output) : Step(Text);
