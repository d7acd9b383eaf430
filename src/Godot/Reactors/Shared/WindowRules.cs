using Godot.Common;

namespace Godot;

/// <summary>What windows of time may be told, and how their text shows it.</summary>
static class WindowRules
{
    public const int Limit = 10_000;

    /// <summary>The verb's text; what has its default is not shown.</summary>
    public static string Check(string verb, TimeSpan length, TimeSpan? offset, TimeSpan? lateness, int limit)
    {
        RecipeRules.Positive(length, $"{verb}'s length", nameof(length));
        RecipeRules.NotNegative(offset ?? default, $"{verb}'s offset", nameof(offset));
        if (offset >= length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{verb}'s offset must be shorter than its length.");
        RecipeRules.NotNegative(lateness ?? default, $"{verb}'s lateness", nameof(lateness));
        RecipeRules.AtLeast(1, limit, $"{verb}'s limit", nameof(limit));

        List<string> arguments = [RecipeText.Of(length)];
        if (offset is { } from) arguments.Add($"offset: {RecipeText.Of(from)}");
        if (lateness is { } late) arguments.Add($"lateness: {RecipeText.Of(late)}");
        if (limit != Limit) arguments.Add($"limit: {limit}");
        return $"{verb}({string.Join(", ", arguments)})";
    }
}
