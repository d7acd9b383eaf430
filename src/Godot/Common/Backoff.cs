namespace Godot.Common;

/// <summary>
/// How long to wait before each next attempt: exponential with full jitter, so that a thousand clients of a server that restarts do
/// not come back in step. The formula, <c>random(0, min(max, min · 2ⁿ))</c>, is the one of "Exponential Backoff And Jitter"
/// (Marc Brooker, AWS Architecture Blog, 2015).
/// </summary>
/// <remarks>Not thread-safe: one for each loop.</remarks>
/// <param name="min">The most that the first wait can be.</param>
/// <param name="max">The most that any wait can be.</param>
/// <param name="random">Where the jitter comes from; a test seeds it.</param>
sealed class Backoff(TimeSpan min, TimeSpan max, Random random)
{
    TimeSpan ceiling = min < max ? min : max;

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = random.NextDouble() * ceiling;
        ceiling = ceiling < max / 2 ? ceiling * 2 : max;
        return wait;
    }

    /// <summary>Starts again from the shortest wait.</summary>
    public void Reset() => ceiling = min < max ? min : max;
}
