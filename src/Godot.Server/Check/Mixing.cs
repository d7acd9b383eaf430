using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// Finds verbs that take the events of different services together although nothing says that this is meant: a percentile over all services
/// is seldom what was
/// asked for. Only where it is certain that more than one service may come: behind filters, and not behind functions, topics or a
/// <c>By</c>.
/// </summary>
static class Mixing
{
    // Those that people expect to follow each service.
    static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        nameof(Reactor.Apdex), nameof(Reactor.Count), nameof(Reactor.DistinctCount), nameof(Reactor.Limit), nameof(Reactor.MovingSum),
            nameof(Reactor.Percentiles),
        nameof(Reactor.Rate), nameof(Reactor.Sum), nameof(Reactor.Throttle), nameof(Reactor.Top), nameof(Reactor.WindowSum),
    };

    /// <summary>A sentence for the first such verb of each way through the recipe.</summary>
    public static IReadOnlyList<string> In(Recipe recipe)
    {
        List<string> found = [];
        Walk(recipe, [], found);
        return found;
    }

    static void Walk(Recipe recipe, List<string> filters, List<string> found)
    {
        foreach (Step step in recipe.Steps())
        {
            switch (step)
            {
                case FilterStep { Filter: var filter }:
                    // What a function lets through is not known.
                    if (filter.Looks is not { } looks || filter.Only is (FieldSet.Service, _)) return;
                    if ((looks & FieldSet.Service) != 0) filters.Add(step.Text);
                    break;

                // A function too, which is waited for.
                case StageStep { Text: var text } when text.StartsWith("Where(", StringComparison.Ordinal):
                    return;

                case StageStep { Scope: Scope.All } stage when Verbs.Contains(stage.Text.Split('(')[0]):
                    found.Add(Sentence(stage, filters));
                    return;

                case StageStep stage:
                    if ((stage.Keeps & FieldSet.Service) == 0) return;
                    break;

                case AroundStep around:
                    foreach (Recipe branch in around.Branches) Walk(branch, [.. filters], found);
                    break;

                case OutputStep or PublishStep:
                    break;

                // Inside, its own words say what is meant; what comes out of it is not known.
                default:
                    return;
            }
        }
    }

    static string Sentence(StageStep verb, List<string> filters)
    {
        string others = filters.Count == 0 ? "" : $" that {string.Join(" and ", filters)} let through";
        return $"{verb} takes all services together{others}: write By(\"service\", r => r.{verb}) for each by itself, or Across(r => "
            + $"r.{verb}) if that is meant.";
    }
}
