using Godot.Common;

namespace Godot.Runtime;

/// <summary>
/// A limit that is exceeded: counts what is lost by it, events or keys, and says so with an event that is fed to the reactors as if it had
/// arrived, the first time and at most once a minute after that.
/// </summary>
sealed class LimitAlarm(string service, string state, string description, TimeProvider clock)
{
    readonly OncePerMinute once = new(clock);
    long lost;

    /// <summary>How many were lost so far.</summary>
    public long Lost => Volatile.Read(ref lost);

    /// <summary>Counts what is lost; may be called from any thread. Returns the event that says so, if it is time for one.</summary>
    public Event? Count(int more = 1)
    {
        long count = Interlocked.Add(ref lost, more);
        return once.Pass()
            ? new Event { Host = Environment.MachineName, Service = service, State = state, Description = description, Metric = count }
            : null;
    }
}
