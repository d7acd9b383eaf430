using Godot.Memory;

namespace Godot.Runtime;

/// <summary>Keys that may be forgotten when room is short; on one lane, under its lock.</summary>
interface IForgetful
{
    Lane Lane { get; }

    /// <summary>Counts the keys by <see cref="Recency.Rank"/>.</summary>
    void Count(int[] ranks);

    /// <summary>
    /// Forgets those that a shortage chooses, after what they hold was emitted; of the others it notes that they were looked at. Returns
    /// how many it forgot.
    /// </summary>
    int Forget(Shortage shortage);
}
