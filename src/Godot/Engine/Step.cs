namespace Godot;

/// <summary>Whose events a stage looks at together.</summary>
enum Scope
{
    /// <summary>No other event than the one it is handed: it runs wherever its neighbours do.</summary>
    Event,

    /// <summary>Each (host, service) by itself, or the tuple of the <c>By</c> that it stands in.</summary>
    Series,

    /// <summary>All that reaches it, or the tuple of the <c>By</c> that it stands in.</summary>
    All,
}

/// <summary>One verb of a recipe.</summary>
/// <param name="Text">The verb as it was written: <c>Over(50)</c>.</param>
abstract record Step(string Text)
{
    public sealed override string ToString() => Text;
}

/// <summary>A stage of its own.</summary>
/// <param name="Opaque">It may emit events of another series than it was handed, or of other fields.</param>
sealed record StageStep(string Text, Scope Scope, Func<Stage> Make, bool Opaque = false) : Step(Text)
{
    /// <summary>Series that the stage is told of before the first event.</summary>
    public IReadOnlyList<(string Host, string Service)> Expecting { get; init; } = [];
}

/// <summary>A filter as data, so that the engine can see what it looks at.</summary>
sealed record FilterStep(string Text, Filter Filter) : Step(Text);

/// <summary>A recipe inside a scope of its own: a tuple of fields, or, where there are none, everything.</summary>
sealed record ScopeStep(string Text, Fields? Fields, Recipe Inner) : Step(Text)
{
    /// <summary>How many tuples there may be; null: as many as the engine says.</summary>
    public int? MaxKeys { get; init; }
}

/// <summary>A recipe on the way, in the scope in which it stands.</summary>
sealed record InnerStep(string Text, Recipe Inner) : Step(Text);

/// <summary>Recipes beside the way: each is handed every event, and the event passes on.</summary>
sealed record AroundStep(string Text, IReadOnlyList<Recipe> Branches) : Step(Text);

/// <summary>Recipes that each take some of the events: the first whose filter lets an event pass, or that has none.</summary>
sealed record SplitStep(string Text, IReadOnlyList<(Filter? Filter, Recipe Inner)> Branches) : Step(Text);

/// <summary>A recipe, and another one for the events that were lost in it because a stage threw.</summary>
sealed record ExceptionStep(string Text, Recipe Inner, Recipe Failed) : Step(Text);

/// <summary>A topic beside the way: whoever subscribes to it is handed every event, and the event passes on.</summary>
sealed record PublishStep(string Text, string Topic) : Step(Text);

/// <summary>Where the events of a recipe come from, if not from the inputs; its first verb.</summary>
sealed record SubscribeStep(string Text, string Topic) : Step(Text);

/// <summary>An output beside the way.</summary>
sealed record OutputStep(string Text, OutputRecipe Output) : Step(Text);
