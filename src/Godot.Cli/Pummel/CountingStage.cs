namespace Godot;

/// <summary>
/// Counts what reaches it, and reports each interval, the first from the first event on, as the original's <c>count()</c> did.
/// </summary>
sealed class CountingStage(TimeSpan interval, Action<Count> report) : Stage
{
    long events;
    long? since;

    public override void On(EventView e)
    {
        if (since is null) Begin();
        events++;
    }

    protected override void Flush() => Report();

    void Begin()
    {
        (events, since) = (0, Clock.GetTimestamp());
        After(interval, () =>
        {
            Report();
            Begin();
        });
    }

    // By the time that has passed: a busy machine's timers are late.
    void Report()
    {
        if (since is { } start) report(new(events, Clock.GetElapsedTime(start).TotalSeconds));
    }
}
