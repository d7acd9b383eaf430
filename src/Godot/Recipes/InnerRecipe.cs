using System.Runtime.CompilerServices;
using Godot.Common;

namespace Godot.Recipes;

/// <summary>Recipes inside a recipe.</summary>
static class InnerRecipe
{
    public static Recipe Build(Fields fields, Func<Reactor, Recipe> inner)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Build(inner);
    }

    public static Recipe Build(Func<Reactor, Recipe> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner(Reactor.Empty) ?? throw new ArgumentException("The inner function must return a recipe.", nameof(inner));
    }

    public static Field Of(Func<EventView, string?> key, string text)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Field.Of(key, text);
    }

    public static ScopeStep By(Fields fields, Recipe inner, int? maxKeys, TimeSpan? forgetAfter)
    {
        if (maxKeys is { } keys) RecipeRules.AtLeast(1, keys, "By's maxKeys", nameof(maxKeys));
        if (forgetAfter is { } time) RecipeRules.Positive(time, "By's forgetAfter", nameof(forgetAfter));
        string arguments = (maxKeys is null ? "" : $", maxKeys: {maxKeys}")
            + (forgetAfter is { } after ? $", forgetAfter: {RecipeText.Of(after)}" : "");
        return new($"By({fields}, {Lambda(inner)}{arguments})", fields, inner) { MaxKeys = maxKeys, ForgetAfter = forgetAfter };
    }

    public static string Lambda(Recipe recipe) => recipe.Step is null ? "r => r" : $"r => r.{recipe}";
}
