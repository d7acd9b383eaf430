using Godot.Events;

namespace Godot.Recipes;

sealed class TaggedAllFilter(string[] tags) : Filter
{
    public override FieldSet? Looks => FieldSet.Tags;

    public override bool Passes(EventView e)
    {
        foreach (string tag in tags)
            if (!e.HasTag(tag)) return false;
        return true;
    }
}
