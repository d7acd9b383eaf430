using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>A leading filter. It is not counted per event, only when it throws.</summary>
sealed class Gate(string id, Filter filter)
{
    public long Failures;

    public string Id => id;

    public Filter Filter => filter;
}
