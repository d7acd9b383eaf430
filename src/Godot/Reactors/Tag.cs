using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes every event with these tags added, unless it has them already. Looks at each event by itself.</summary>
    /// <remarks>Tags are compared ordinally; the new ones come last. Keeps nothing.</remarks>
    /// <exception cref="ArgumentException">No tag is named.</exception>
    public Reactor Tag(params ReadOnlySpan<string> tags)
    {
        string[] added = TaggedFilter.Check(tags);
        return Add(new StageStep(
            $"Tag({RecipeText.Of(tags)})", Scope.Event, () => new MapStage(e => e with { Tags = [.. e.Tags, .. added.Except(e.Tags)] }),
                Opaque: true)
            { Keeps = FieldSet.All & ~FieldSet.Tags });
    }

    /// <summary>
    /// Runs a recipe, and passes what it emits with the metric as a tag, and the metric that the event came with put back:
    /// <c>Tag("average", r => r.MovingAverage(10))</c> adds a tag such as "average:1.5".
    /// </summary>
    /// <remarks>
    /// What the recipe drops or holds is dropped or held; what it emits without a metric gets no tag. Scope: the recipe's verbs have their
    /// own. While an event is on its way through the recipe, its metric stands in its meta as "godot/metric"; an event that the recipe
    /// makes anew, without that, passes without a metric.
    /// </remarks>
    /// <param name="name">What the tag begins with.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public Reactor Tag(string name, Func<Reactor, Reactor> inner)
    {
        SetAside aside = new(name);
        return Add(aside.Around("Tag", inner, e => aside.Tag(e)));
    }

    /// <summary>Passes every event without these tags. Looks at each event by itself.</summary>
    /// <remarks>Tags are compared ordinally. Events that have none of them pass unchanged. Keeps nothing.</remarks>
    /// <exception cref="ArgumentException">No tag is named.</exception>
    public Reactor Untag(params ReadOnlySpan<string> tags)
    {
        string[] removed = TaggedFilter.Check(tags);
        bool Stays(string tag) => !removed.Contains(tag);
        return Add(new StageStep($"Untag({RecipeText.Of(tags)})", Scope.Event,
            () => new MapStage(e => e with { Tags = [.. e.Tags.Where(Stays)] }), Opaque: true)
            { Keeps = FieldSet.All & ~FieldSet.Tags });
    }
}
