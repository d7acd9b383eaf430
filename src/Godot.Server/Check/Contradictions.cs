using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// Finds verbs that no event can pass, because of what those before them let through. What it says is certain: it looks at texts that
/// filters name and at bounds of the metric, and knows nothing of what functions decide.
/// </summary>
static class Contradictions
{
    /// <summary>What every event passes that comes so far.</summary>
    readonly record struct Passed(string Text, Filter Filter)
    {
        public FieldSet Looks => Filter.Looks ?? FieldSet.None;
    }

    /// <summary>A sentence for each verb that nothing passes; of those that follow it nothing is said.</summary>
    public static IEnumerable<string> In(Recipe recipe)
    {
        List<string> found = [];
        Walk(recipe, [], found);
        return found;
    }

    // What every event passes that comes out; null if none does.
    static List<Passed>? Walk(Recipe recipe, List<Passed> passed, List<string> found)
    {
        foreach (Step step in recipe.Steps())
        {
            if (Through(step, passed, found) is not { } after) return null;
            passed = after;
        }
        return passed;
    }

    static List<Passed>? Through(Step step, List<Passed> passed, List<string> found)
    {
        switch (step)
        {
            case FilterStep { Filter: var filter }:
                return Add(step, filter, passed, found);

            case StageStep stage:
                if (stage.Takes is { } takes && Add(step, takes, passed, found) is null) return null;
                if (passed.Find(one => one.Filter.Only?.Part == stage.Compares) is { Filter: not null } only)
                {
                    found.Add(Sentence(step, [only.Text]));
                    return null;
                }
                List<Passed> kept = [.. passed.Where(one => (one.Looks & ~stage.Keeps) == 0)];
                return stage.Gives is { } gives ? [.. kept, new(stage.Text, gives)] : kept;

            case ScopeStep scope:
                return Walk(scope.Inner, passed, found);

            case AroundStep around:
                foreach (Recipe branch in around.Branches) Walk(branch, passed, found);
                return passed;

            case OutputStep:
                return passed;

            default:
                // What it hands to the recipes inside, and what it emits, may be anything.
                foreach ((_, Recipe inner) in step.Inners) Walk(inner, [], found);
                return [];
        }
    }

    static List<Passed>? Add(Step step, Filter filter, List<Passed> passed, List<string> found)
    {
        List<Passed> all = [.. passed, new(step.Text, filter)];
        if (Conflict(all) is not { } others) return all;
        found.Add(Sentence(step, others));
        return null;
    }

    static string Sentence(Step step, string[] others) =>
        others.Length == 0 ? $"{step} passes nothing." : $"{step} passes nothing that {string.Join(" and ", others)} let through.";

    // The verbs that leave nothing for the last one; null if there may be something.
    static string[]? Conflict(List<Passed> all)
    {
        if (NoText(all) is { } texts) return Others(texts, all);
        if (NoMetric(all) is { } bounds) return Others(bounds, all);
        return null;
    }

    static string[] Others(IEnumerable<Passed> some, List<Passed> all) =>
        [.. some.Where(one => one != all[^1]).Select(one => one.Text).Distinct()];

    // An event with the texts that must be: whoever looks at nothing else decides for all that come.
    static List<Passed>? NoText(List<Passed> all)
    {
        (Event only, FieldSet known) = (new(), FieldSet.None);
        List<Passed> named = [];
        foreach (Passed one in all)
        {
            if (one.Filter.Only is not (var part, var text) || (known & part) != 0) continue;
            (only, known) = (With(only, part, text), known | part);
            named.Add(one);
        }
        foreach (Passed one in all)
        {
            FieldSet looks = one.Looks;
            if (looks != FieldSet.None && (looks & ~known) == 0 && !one.Filter.Passes(only))
                return [.. named.Where(other => (other.Looks & looks) != 0), one];
        }
        return null;
    }

    static List<Passed>? NoMetric(List<Passed> all)
    {
        List<Passed> bounds = [.. all.Where(one => one.Filter.Metrics is not null)];
        if (bounds.Count == 0) return null;
        Passed least = bounds.MaxBy(one => one.Filter.Metrics!.Value.Least),
            greatest = bounds.MinBy(one => one.Filter.Metrics!.Value.Greatest);
        return least.Filter.Metrics!.Value.Least > greatest.Filter.Metrics!.Value.Greatest ? [least, greatest] : null;
    }

    static Event With(Event e, FieldSet part, string text) => part switch
    {
        FieldSet.Host => e with { Host = text },
        FieldSet.Service => e with { Service = text },
        FieldSet.State => e with { State = text },
        _ => e with { Description = text },
    };
}
