using System.Runtime.CompilerServices;

namespace Godot;

/// <summary>Policies that begin with <c>Console</c>.</summary>
public static class ConsolePolicy
{
    extension(Policy)
    {
        /// <summary>Prints a line for each incident.</summary>
        /// <inheritdoc cref="ConsoleReactor.extension{T}(T).Console(Func{EventView, string}?, string)" path="/*[not(self::summary)]"/>
        public static Policy Console(Func<EventView, string>? line = null, [CallerArgumentExpression(nameof(line))] string text = "") =>
            Policy.Nobody.Console(line, text);
    }
}
