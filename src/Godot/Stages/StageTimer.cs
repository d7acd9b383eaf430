namespace Godot.Stages;

/// <summary>What a timer, or a post, runs on the lane: a stage that wakes, or an action of its.</summary>
interface ITimed
{
    /// <summary>Whose it is.</summary>
    Stage Stage { get; }

    void Run(int key);

    /// <summary>When the key was born; 0 if it is free.</summary>
    long BirthOf(int key) => Stage.Host.BirthOf(key);
}

/// <summary>An action that a stage wants to be run later.</summary>
sealed class Deferred(Stage stage, Action act) : ITimed
{
    public Stage Stage => stage;

    public void Run(int key) => act();
}

/// <summary>Something to run when its time has come.</summary>
/// <param name="Due">100 ns since the engine began.</param>
/// <param name="What">What to run.</param>
/// <param name="Key">Of which key.</param>
/// <param name="Birth">
/// Of the key when it was asked for, the lower half: a key that was freed since, and perhaps given to another owner, has another.
/// </param>
readonly record struct StageTimer(long Due, ITimed What, int Key, uint Birth);
