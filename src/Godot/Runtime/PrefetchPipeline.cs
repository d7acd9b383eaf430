namespace Godot.Runtime;

/// <summary>Events that are run one after the other, each found by its key.</summary>
interface IRun
{
    /// <summary>Brings near where the key of an event is looked up.</summary>
    void PrefetchKey(int index);

    /// <summary>Where the key most probably leads; negative if nowhere. What is needed to look closer is brought near.</summary>
    int Guess(int index);

    /// <summary>Brings near the states there.</summary>
    void PrefetchStates(int guess);

    /// <summary>Brings near what those refer to.</summary>
    void PrefetchKept(int guess);

    /// <summary>Looks the key up for certain, and runs the event.</summary>
    void Run(int index);

    /// <summary>What <see cref="Run(int)"/> threw with this event, which is lost; those after it are run.</summary>
    void Failed(int index, Exception thrown);
}

/// <summary>
/// Runs events so that their cache misses overlap those of others, and the work on them: what an event will touch is brought near in four
/// steps while those before it run, each step with what the one before it brought. A guess may be out of date when it is used; then the
/// wrong memory comes, which costs nothing but its time.
/// </summary>
static class PrefetchPipeline
{
    // So many events lie between one step and the next: enough for memory to have come, few enough for it to be still there.
    const int Step = 8, Guesses = 4 * Step;

    public static void Run<TRun>(scoped ref TRun run, ReadOnlySpan<int> events)
        where TRun : struct, IRun, allows ref struct
    {
        Span<int> guesses = stackalloc int[Guesses];
        int at = 0;
        while (at < events.Length + 4 * Step)
        {
            try
            {
                Run(ref run, events, guesses, ref at);
            }
            // Stages guard themselves: this is memory that has run out, or a mistake of ours. Whatever it is, the event is told of and the
            // others are run.
            catch (Exception thrown)
            {
                int lost = at++ - 4 * Step;
                // Before the first event, something that was only to be brought near was in the way; it will be missed again when it is
                // needed.
                if ((uint)lost < (uint)events.Length) run.Failed(events[lost], thrown);
            }
        }
    }

    static void Run<TRun>(scoped ref TRun run, scoped ReadOnlySpan<int> events, scoped Span<int> guesses, scoped ref int at)
        where TRun : struct, IRun, allows ref struct
    {
        uint count = (uint)events.Length;
        for (int first = at; first < events.Length + 4 * Step; at = ++first)
        {
            int second = first - Step, third = second - Step, fourth = third - Step, last = fourth - Step;
            if ((uint)first < count) run.PrefetchKey(events[first]);
            if ((uint)second < count) guesses[second % Guesses] = run.Guess(events[second]);
            if ((uint)third < count && guesses[third % Guesses] is var states and >= 0) run.PrefetchStates(states);
            if ((uint)fourth < count && guesses[fourth % Guesses] is var kept and >= 0) run.PrefetchKept(kept);
            if ((uint)last < count) run.Run(events[last]);
        }
    }
}
