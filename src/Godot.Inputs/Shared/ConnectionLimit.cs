using Godot.Common;

namespace Godot;

/// <summary>Counts a server's open connections against the most it may have.</summary>
sealed class ConnectionLimit(int most, TimeProvider clock)
{
    int open;

    public int Most => most;

    public int Open => Volatile.Read(ref open);

    /// <summary>Whether to tell that there are too many.</summary>
    public OncePerMinute Warning { get; } = new(clock);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref open) <= most) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref open);
}
