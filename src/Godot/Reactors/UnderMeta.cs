using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events in whose meta this key has a number less than the threshold. Drops the others, and those without the key. Looks at
    /// each event by itself.
    /// </summary>
    /// <remarks>Only numbers compare: a text such as "10" passes nothing.</remarks>
    /// <exception cref="ArgumentException">The threshold is not a finite number.</exception>
    public Reactor UnderMeta(string key, double threshold)
    {
        ArgumentNullException.ThrowIfNull(key);
        RecipeRules.Finite(threshold, "UnderMeta's threshold", nameof(threshold));
        return Add(new FilterStep($"UnderMeta({RecipeText.Quote(key)}, {RecipeText.Of(threshold)})", new UnderMetaFilter(key, threshold)));
    }
}

sealed class UnderMetaFilter(string key, double threshold) : Filter
{
    public override FieldSet? Looks => FieldSet.Meta;

    public override bool Passes(EventView e) =>
        FieldValue.OfMeta(e.MetaOf(key)) is { Kind: MetaKind.Number } value && value.Number < threshold;
}
