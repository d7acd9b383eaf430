using Godot.Common;

namespace Godot;

/// <summary>What an output makes of made-up events, or incidents.</summary>
sealed class Rendering
{
    readonly List<(string Kind, string Why)> failed = [];

    public Rendering(OutputRecipe output, string reactor, Recipe recipe)
    {
        foreach ((string kind, Func<Notification> made) in SampleEvents.Notifications(reactor, recipe))
        {
            try
            {
                string? text = output.Preview(made());
                Firing ??= text;
            }
            // A user's function may have a part in it, and throw anything.
            catch (Exception thrown)
            {
                failed.Add((kind, $"{thrown.GetType().Name}: {Mistake.Sentence(thrown)}"));
            }
        }
    }

    /// <summary>What it says of the first event that it can tell of: of one that fires; null if it says nothing but the event.</summary>
    public string? Firing { get; }

    /// <summary>Which events it cannot tell of, and why: <c>an empty event: KeyNotFoundException: …</c></summary>
    public IEnumerable<string> Failures =>
        failed.GroupBy(one => one.Why, one => one.Kind).Select(one => $"{string.Join(", ", one)} event: {one.Key}");
}
