namespace Godot.Alerting;

/// <summary>
/// A rule's own text of notices. A user's function may throw, take long or never return; the desk waits for all of a rule's texts together
/// at most a second in a minute.
/// </summary>
/// <remarks>Called by one thread at a time.</remarks>
/// <param name="text">The function.</param>
/// <param name="inPlace">It is called where the desk runs, however long that takes: in tests and replay.</param>
sealed class OwnText(Func<Incident, string> text, TimeProvider clock, bool inPlace)
{
    readonly TimeSpan most = TimeSpan.FromSeconds(1), minute = TimeSpan.FromMinutes(1);

    Task<string>? last;
    long minuteBegan;
    TimeSpan left;

    /// <summary>The text.</summary>
    /// <exception cref="Exception">There is none; the message says why.</exception>
    public string Of(Incident incident)
    {
        if (inPlace) return text(incident);
        if (last is { IsCompleted: false }) throw new TimeoutException("it has not returned since it was called last");
        long began = clock.GetTimestamp();
        if (last is null || clock.GetElapsedTime(minuteBegan, began) >= minute) (minuteBegan, left) = (began, most);
        if (left <= TimeSpan.Zero) throw new TimeoutException($"it has taken more than {most.TotalSeconds} s within a minute");
        // On a thread of the pool: one that never returns is lost, but only one.
        last = Task.Run(() => text(incident));
        bool returned = ((IAsyncResult)last).AsyncWaitHandle.WaitOne(left);
        left -= clock.GetElapsedTime(began);
        return returned ? last.GetAwaiter().GetResult() : throw new TimeoutException($"it took longer than {most.TotalSeconds} s");
    }
}
