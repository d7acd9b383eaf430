using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events that have at least one of these tags, drops the others. Tags are compared ordinally. Looks at each event by
    /// itself.
    /// </summary>
    /// <exception cref="ArgumentException">No tag is named: nothing would pass.</exception>
    public Reactor Tagged(params ReadOnlySpan<string> tags) =>
        Add(new FilterStep($"Tagged({RecipeText.Of(tags)})", new TaggedFilter(TaggedFilter.Check(tags))));

    /// <summary>
    /// Passes the events that have all of these tags, drops the others. Tags are compared ordinally. Looks at each event by itself.
    /// </summary>
    /// <exception cref="ArgumentException">No tag is named: everything would pass.</exception>
    public Reactor TaggedAll(params ReadOnlySpan<string> tags) =>
        Add(new FilterStep($"TaggedAll({RecipeText.Of(tags)})", new TaggedAllFilter(TaggedFilter.Check(tags))));
}
