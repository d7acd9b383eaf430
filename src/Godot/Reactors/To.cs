using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>The verb <c>To</c>.</summary>
public static class OutputReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>Hands every event, or every batch as one notification, to an output, and passes it on.</summary>
        /// <param name="output">The output; <see cref="OutputRecipe.QueueKey"/> says with which others it shares a queue.</param>
        /// <param name="verb">
        /// How the recipe's text shows it where it is a verb of your own, such as <c>$"Logbook({path})"</c>: metrics call the step by that
        /// name, <c>logbook</c>. Default: <c>To(…)</c>.
        /// </param>
        /// <param name="text">What <c>To(…)</c> shows; the compiler fills it in.</param>
        /// <exception cref="ArgumentException">The verb is not a name with its arguments in brackets.</exception>
        public T To(OutputRecipe output, string? verb = null, [CallerArgumentExpression(nameof(output))] string text = "")
        {
            ArgumentNullException.ThrowIfNull(output);
            return recipe.Add(new OutputStep(RecipeRules.Verb(verb, nameof(verb)) ?? $"To({text})", output));
        }
    }
}
