namespace Godot;

/// <summary>A way into the engine for one thread at a time.</summary>
sealed class Intake
{
    /// <summary>Runs every event of the block through every reactor that it can reach. Returns how many were dropped because there are too many series.</summary>
    public int Run(Block block) => throw new NotImplementedException();
}
