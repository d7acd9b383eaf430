using Godot.Events;

namespace Godot.Recipes;

sealed class TaggedFilter(string[] tags) : Filter
{
    public override FieldSet? Looks => FieldSet.Tags;

    public override bool Passes(EventView e)
    {
        foreach (string tag in tags)
            if (e.HasTag(tag)) return true;
        return false;
    }

    public static string[] Check(ReadOnlySpan<string> tags)
    {
        if (tags.IsEmpty) throw new ArgumentException("Name at least one tag.", nameof(tags));
        foreach (string tag in tags) ArgumentNullException.ThrowIfNull(tag, nameof(tags));
        return tags.ToArray();
    }
}
