using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>The beginning of a sequence of events, made by <c>When</c>. It is not a recipe yet: say what follows.</summary>
public sealed partial class Sequence
{
    readonly Reactor before;
    readonly string text;
    readonly Filter first;

    internal Sequence(Reactor before, string text, Filter first) => (this.before, this.text, this.first) = (before, text, first);

    string Text(string verb, string then, TimeSpan within)
    {
        RecipeRules.Positive(within, $"{verb}'s within", nameof(within));
        return $"{text}.{verb}({then}, within: {RecipeText.Of(within)})";
    }
}
