using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>What a graph of reactors says of a step, whatever it is drawn with.</summary>
static class Figure
{
    // A box that is wider is not looked at.
    const int LongestText = 48;

    /// <summary>The verb with its arguments; of one with recipes inside, without these.</summary>
    public static string TextOf(Step step)
    {
        // Its policy is drawn.
        if (step is NotifyStep { Audience.On: var on })
            return on is null ? "Notify" : $"Notify(on: {RecipeText.Quote(string.Join(", ", on))})";
        (string Label, Recipe Recipe)[] inners = [.. step.Inners];
        if (inners.Length == 0) return PlainText.Cut(PlainText.Line(step.Text), LongestText);
        string verb = step.Text.Split('(')[0];
        return inners is [{ Label: { Length: > 0 } label }] ? PlainText.Cut(PlainText.Line($"{verb}({label})"), LongestText) : verb;
    }

    /// <summary>When a policy tells, and when it does not.</summary>
    public static IEnumerable<string> TimesOf(Policy policy) =>
        policy.Timing.Concat(policy.Mutes).Select(text => PlainText.Cut(PlainText.Line(text), LongestText));

    /// <summary>Who is told after a policy has told, and what leads there.</summary>
    public static IEnumerable<(string Label, Policy Policy)> NextOf(Policy policy)
    {
        foreach ((TimeSpan after, Policy next) in policy.Steps) yield return ($"after {RecipeText.Of(after)}", next);
        if (policy.Spare is { } spare) yield return ("if it is refused", spare);
    }

    /// <summary>What metrics, logs and saved state call a step, where that is more than its verb; otherwise empty.</summary>
    public static string IdOf(PlacedStep place) => place.Id.AsSpan().ContainsAny('/', '.') ? place.Id : "";

    /// <summary>The title of a frame around recipes.</summary>
    public static string TitleOf(PlacedStep place) =>
        IdOf(place) is { Length: > 0 } id ? $"{TextOf(place.Step)} · {id}" : TextOf(place.Step);

    /// <summary>What a branch is for; empty if it is the only one, and the step says it.</summary>
    public static string LabelOf(Step step, string label) =>
        step.Inners.Count() == 1 ? "" : PlainText.Cut(PlainText.Line(label), LongestText);
}
