using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>What is probably not meant, though it can be: a topic that only one side knows, a ttl of zero.</summary>
static class Doubts
{
    /// <summary>A sentence for each doubt about a reactor among all of a program's.</summary>
    public static IEnumerable<string> In(Recipe recipe, IEnumerable<Recipe> all)
    {
        string[] published = [.. all.SelectMany(StepsOf).OfType<PublishStep>().Select(step => step.Topic).Distinct()];
        string[] subscribed = [.. all.SelectMany(StepsOf).OfType<SubscribeStep>().Select(step => step.Topic).Distinct()];
        foreach (Step step in StepsOf(recipe))
        {
            if (step is SubscribeStep { Topic: var wanted } && !published.Contains(wanted))
                yield return $"{step} is handed nothing: no reactor publishes that topic{Instead(wanted, published)}.";
            if (step is PublishStep { Topic: var told } && !subscribed.Contains(told))
                yield return $"{step} reaches no reactor, only who follows the topic from outside: none subscribes to "
                    + $"it{Instead(told, subscribed)}.";
            // The ttl is what their text ends with.
            if (step.Text.EndsWith("ttl: 0ms)", StringComparison.Ordinal) && step.Text.Split('(')[0] is "With" or "Default")
                yield return $"{step}: {TtlDoubt.Zero}";
        }
    }

    /// <summary>The verbs of a recipe and of those inside them.</summary>
    public static IEnumerable<Step> StepsOf(Recipe recipe) =>
        recipe.Steps().SelectMany(step => step.Inners.SelectMany(inner => StepsOf(inner.Recipe)).Prepend(step));

    static string Instead(string topic, string[] others) =>
        Spelling.Nearest(topic, others) is { } nearest ? $"; \"{nearest}\" is the nearest that there is" : "";
}
