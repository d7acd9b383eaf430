namespace Godot.Bench;

/// <summary>A row of the table: measures one promise, and checks while doing so that nothing was lost.</summary>
abstract class Row
{
    /// <summary>What run.sh is told to run it alone.</summary>
    public abstract string Name { get; }

    /// <summary>False: the smoke leaves it out, because it has nothing to count or needs what a fresh machine has not.</summary>
    public virtual bool InSmoke => true;

    public abstract Task MeasureAsync(Bench bench);
}
