namespace Godot;

/// <summary>How a recipe is written down.</summary>
static class Recipe
{
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
