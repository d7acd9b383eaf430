using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>The outputs of a recipe, those of its branches and policies among them.</summary>
static class OutputSteps
{
    public static IEnumerable<OutputStep> Of(Recipe recipe) => recipe.Steps().SelectMany(step => step switch
    {
        OutputStep output => [output],
        NotifyStep { Audience.Policy: var policy } => policy.All().SelectMany(one => one.Outputs),
        _ => step.Inners.SelectMany(inner => Of(inner.Recipe)),
    });
}
