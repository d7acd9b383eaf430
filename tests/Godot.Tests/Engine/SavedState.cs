namespace Godot.Tests;

static class SavedState
{
    /// <summary>Loads what was saved, and says what was left out.</summary>
    public static IReadOnlyList<string> LoadSaved(this Engine engine, Stream state) =>
        [.. engine.Load(state).Where(carried => carried.LeftOut is not null).Select(carried => carried.ToString())];
}
