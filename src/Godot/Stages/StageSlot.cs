namespace Godot.Stages;

/// <summary>
/// The place of a stage in a recipe that runs on one lane: who it is, what comes after it, and what was counted. All instances of the stage
/// share it.
/// </summary>
/// <param name="id">What metrics, logs and saved state call it, such as <c>by/over</c>; empty if it is none of the recipe's verbs.</param>
/// <param name="number">Its place in the order in which the recipe is read, from 1.</param>
/// <param name="text">The verb as it was written, if what it keeps is saved; otherwise empty.</param>
sealed class StageSlot(string id, int number = 0, string text = "")
{
    public string Id => id;

    public int Number => number;

    public string Text => text;

    /// <summary>Takes what the stage emits; null where the way ends.</summary>
    public Stage? Next;

    /// <summary>Is handed the events that the stage loses because it throws; null if nobody is.</summary>
    public Stage? Catcher { get; init; }

    /// <summary>Where events of several series may become one: what their names have in common.</summary>
    public CommonNames? Names { get; init; }

    // Written under the lane's lock, read by metrics without it.
    public long Handled, Failures, TooLate;
}
