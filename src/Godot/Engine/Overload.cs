namespace Godot;

/// <summary>
/// A limit that is exceeded: counts what is lost by it, and says so with an event that is fed to the reactors as if it had arrived, the first time and at most once a
/// minute after that.
/// </summary>
sealed class Overload(string service, string description, TimeProvider clock)
{
    readonly OncePerMinute once = new(clock);
    long lost;

    /// <summary>Events lost so far.</summary>
    public long Lost => Volatile.Read(ref lost);

    /// <summary>Counts an event that is lost; may be called from any thread. Returns the event that says so, if it is time for one.</summary>
    public Event? Count()
    {
        long count = Interlocked.Increment(ref lost);
        return once.Pass() ? new Event { Host = Environment.MachineName, Service = service, State = "critical", Description = description, Metric = count } : null;
    }
}
