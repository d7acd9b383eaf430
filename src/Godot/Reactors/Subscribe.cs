using Godot.Common;
using Godot.Recipes;

namespace Godot;

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <summary>
        /// Starts a reactor that is handed what others publish on a topic with <see cref="Reactor.Publish(string)"/>, and nothing from the
        /// inputs. Verbs follow as in any other.
        /// </summary>
        /// <remarks>
        /// It may be added before its publishers or after them. A reactor that would be handed what follows from what it publishes is
        /// refused when it is added; so is one that subscribes anywhere but at its start.
        /// </remarks>
        /// <param name="topic">Any name but an empty one.</param>
        /// <exception cref="ArgumentException">The topic is empty.</exception>
        public static Reactor Subscribe(string topic)
        {
            RecipeRules.NotEmpty(topic, "A topic", nameof(topic));
            return Reactor.Empty.Add(new SubscribeStep($"Subscribe({RecipeText.Quote(topic)})", topic));
        }
    }
}
