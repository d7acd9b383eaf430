using Microsoft.CodeAnalysis;

namespace Godot.Analyzers;

/// <summary>Which symbols are those of the packages: others have types and a namespace of these names too.</summary>
static class Ours
{
    /// <summary>The core, or a package beside it such as the server's.</summary>
    public static bool Has(ISymbol? symbol) =>
        symbol?.ContainingAssembly?.Name is { } name
        && (name == "Godot.Monitoring" || name.StartsWith("Godot.Monitoring.", StringComparison.Ordinal));

    public static bool Is(ITypeSymbol? type, string name) => type?.Name == name && Has(type);

    public static bool IsView(ITypeSymbol? type) => Is(type, "EventView");
}
