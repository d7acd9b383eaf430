using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary>What is replayed, and how far and how fast.</summary>
/// <param name="Files">The recorded events, in this order: JSON lines, also packed as .gz or .zst; <c>-</c> is the standard input.</param>
/// <param name="Until">Where the clock stops, at the latest and at the earliest; null: where the events end.</param>
/// <param name="Speed">At most so many times real time; null: as fast as possible.</param>
sealed record ReplayOptions(IReadOnlyList<string> Files, DateTimeOffset? Until, double? Speed)
{
    /// <summary>The words that have another program replay the same.</summary>
    public IEnumerable<string> ToArguments()
    {
        yield return "replay";
        foreach (string file in Files) yield return file;
        if (Until is { } until) yield return $"--until={until.ToString("O", CultureInfo.InvariantCulture)}";
        if (Speed is { } speed) yield return $"--speed={RecipeText.Of(speed)}";
    }
}
