using Godot.Runtime;

namespace Godot;

/// <summary>Takes the place of every output, and does nothing.</summary>
sealed class Nobody : ITap
{
    public void On(string reactor, EventView e)
    {
    }

    public void On(string reactor, IReadOnlyList<Event> batch)
    {
    }

    public ITap InPlaceOf(OutputRecipe output) => this;
}
