using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Hands every event to each reactor that starts with <c>Reactor.Subscribe</c> of the same topic, and passes it on unchanged. Looks at
    /// each event by itself.
    /// </summary>
    /// <remarks>
    /// Subscribers see what was published when every reactor has seen the block of events, or the timers, that it follows from: in the
    /// order in which those came or were due, whoever publishes it. Where nobody subscribes, nothing is kept. Topics belong to an engine.
    /// </remarks>
    /// <param name="topic">Any name but an empty one.</param>
    /// <exception cref="ArgumentException">The topic is empty.</exception>
    public Reactor Publish(string topic)
    {
        RecipeRules.NotEmpty(topic, "A topic", nameof(topic));
        return Add(new PublishStep($"Publish({RecipeText.Quote(topic)})", topic));
    }
}
