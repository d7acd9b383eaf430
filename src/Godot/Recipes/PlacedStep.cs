using System.Globalization;

namespace Godot.Recipes;

/// <summary>
/// A step where it stands in a recipe. One recipe may stand in several places, so a step alone does not say which is meant.
/// </summary>
/// <param name="Id">
/// What metrics, logs, saved state, <c>check</c> and <c>graph</c> call it, unique in its reactor: the verb, behind those around it:
/// <c>over</c>, <c>by/throttle</c>, <c>split/state-critical/email</c>. Of several alike in one place the second is <c>over.2</c>. A verb of
/// another kind, put in anywhere, changes nothing.
/// </param>
/// <param name="Number">Its place in the order in which the recipe is read, from 1.</param>
/// <param name="Inners">The steps of the recipes inside, in the order of <see cref="Step.Inners"/>.</param>
sealed record PlacedStep(Step Step, string Id, int Number, IReadOnlyList<IReadOnlyList<PlacedStep>> Inners)
{
    /// <summary>The steps of a recipe, and of those inside.</summary>
    public static IReadOnlyList<PlacedStep> Of(Recipe recipe)
    {
        int number = 0;
        return Walk(recipe, "", ref number);
    }

    /// <summary>
    /// All of them in the order in which they are read, those inside behind the one that they are in. A scope is told of by the steps
    /// inside.
    /// </summary>
    public static IEnumerable<PlacedStep> Flat(IReadOnlyList<PlacedStep> steps) => steps.SelectMany(place => place.Inners.SelectMany(Flat)
        .Prepend(place).Skip(place.Step is ScopeStep or InnerStep or ExceptionStep ? 1 : 0));

    static List<PlacedStep> Walk(Recipe recipe, string around, ref int number)
    {
        Ordinals ordinals = new(around);
        List<PlacedStep> steps = [];
        foreach (Step step in recipe.Steps())
        {
            int here = ++number;
            string id = ordinals.Next(VerbOf(step));
            (string Label, Recipe Recipe)[] inners = [.. step.Inners];
            Ordinals ways = new($"{id}/");
            List<IReadOnlyList<PlacedStep>> inside = [];
            // What a By is for is told by its keys, and those are saved.
            bool isOneWay = step is ScopeStep or InnerStep;
            foreach ((string label, Recipe inner) in inners)
                inside.Add(Walk(inner, isOneWay ? $"{id}/" : $"{ways.Next(Slug.Of(label) is { Length: > 0 } name ? name : "way")}/",
                    ref number));
            steps.Add(new PlacedStep(step, id, here, inside));
        }
        return steps;
    }

    static string VerbOf(Step step)
    {
        int end = step.Text.IndexOf('(', StringComparison.Ordinal);
        return (end < 0 ? step.Text : step.Text[..end]).ToLowerInvariant();
    }

    /// <summary>Tells those apart that have one name.</summary>
    sealed class Ordinals(string before)
    {
        readonly Dictionary<string, int> counts = [];

        public string Next(string name)
        {
            int count = counts[name] = counts.GetValueOrDefault(name) + 1;
            return count == 1 ? $"{before}{name}" : string.Create(CultureInfo.InvariantCulture, $"{before}{name}.{count}");
        }
    }
}
