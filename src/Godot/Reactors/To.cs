using System.Runtime.CompilerServices;
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
        /// <param name="text">How the recipe's text shows the verb; the compiler fills it in.</param>
        public T To(OutputRecipe output, [CallerArgumentExpression(nameof(output))] string text = "")
        {
            ArgumentNullException.ThrowIfNull(output);
            return recipe.To(new OutputStep($"To({text})", output));
        }

        internal T To(OutputStep output) => recipe.Add(output);
    }
}
