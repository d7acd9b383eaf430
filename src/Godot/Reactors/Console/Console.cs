using System.Runtime.CompilerServices;

namespace Godot;

/// <summary>The verb <c>Console</c>.</summary>
public static class ConsoleReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Prints a line for every event, also for every one of a batch, to the standard output, and passes on what it was handed: time
        /// (UTC), state, service, host, metric, description, tags. On a terminal the line has the colour of its state, unless
        /// <c>NO_COLOR</c> is set. Of an alert, a line for each incident: when it is told, what became of it, severity, service and host,
        /// what the rule's own text or else its latest event says, and why it comes late.
        /// </summary>
        /// <remarks>Control characters in events never reach the terminal: they are printed as symbols.</remarks>
        /// <param name="line">What to print instead, without a newline; of an incident, by its latest event.</param>
        /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
        public T Console(Func<EventView, string>? line = null, [CallerArgumentExpression(nameof(line))] string text = "") =>
            recipe.To(new ConsoleOutputRecipe(line), $"Console({text})");
    }
}

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="ConsoleReactor.extension{T}(T).Console(Func{EventView, string}?, string)"/>
        public static Reactor Console(Func<EventView, string>? line = null, [CallerArgumentExpression(nameof(line))] string text = "") =>
            Reactor.Empty.Console(line, text);
    }
}
