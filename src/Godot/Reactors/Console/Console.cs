using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Prints a line for every event to the standard output, and passes it on: time (UTC), state, service, host, metric, description, tags. On a
    /// terminal the line has the colour of its state, unless <c>NO_COLOR</c> is set.
    /// </summary>
    /// <remarks>Control characters in events never reach the terminal: they are printed as symbols.</remarks>
    /// <param name="line">What to print instead, without a newline.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Reactor Console(Func<EventView, string>? line = null, [CallerArgumentExpression(nameof(line))] string text = "") =>
        Add(new OutputStep($"Console({text})", new ConsoleOutputRecipe(line)));
}

public sealed partial class BatchReactor
{
    /// <summary>Prints a line for every event of the batch, and passes the batch on.</summary>
    /// <inheritdoc cref="Reactor.Console(Func{EventView, string}?, string)"/>
    public BatchReactor Console(Func<EventView, string>? line = null, [CallerArgumentExpression(nameof(line))] string text = "") =>
        new(this, new OutputStep($"Console({text})", new ConsoleOutputRecipe(line)));
}
