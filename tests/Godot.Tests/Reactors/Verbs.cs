using System.Reflection;

namespace Godot.Tests;

/// <summary>What a recipe can be continued with.</summary>
static class Verbs
{
    // They take what users make; their examples are examples/custom.cs and the outputs' own pages.
    static readonly string[] OfTheUser = [nameof(Reactor.Then), nameof(BatchReactor.ThenEvents), nameof(OutputReactor.To)];

    /// <summary>The calls of each verb, by its name.</summary>
    public static IReadOnlyDictionary<string, MethodInfo[]> All { get; } =
        new[] { typeof(Reactor), typeof(BatchReactor), typeof(Sequence) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Concat(OfEveryRecipe)
            .Where(method => (typeof(Recipe).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(Sequence))
                && !OfTheUser.Contains(method.Name))
            .GroupBy(method => method.Name)
            .OrderBy(calls => calls.Key, StringComparer.Ordinal)
            .ToDictionary(calls => calls.Key, calls => calls.ToArray());

    // Extensions, which give back the kind of recipe that they were handed.
    static IEnumerable<MethodInfo> OfEveryRecipe =>
        typeof(Recipe).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.IsGenericMethodParameter);
}
