namespace Godot.Common;

/// <summary>Lets one of many through each minute: for warnings that a flood would repeat. May be asked from any thread.</summary>
sealed class OncePerMinute(TimeProvider clock)
{
    // Never a timestamp: the first passes.
    long last = long.MinValue;

    public bool Pass()
    {
        long seen = Volatile.Read(ref last), now = clock.GetTimestamp();
        if (seen != long.MinValue && clock.GetElapsedTime(seen, now) < TimeSpan.FromMinutes(1)) return false;
        return Interlocked.CompareExchange(ref last, now, seen) == seen;
    }
}
