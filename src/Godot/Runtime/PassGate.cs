namespace Godot.Runtime;

/// <summary>
/// Knows who is under way through the engine, and lets one wait for a moment in which nobody is: no event is then between one verb and the
/// next. What passes pay is one count up and one down, for a whole block.
/// </summary>
sealed class PassGate
{
    readonly Lock closing = new();
    readonly object opened = new();
    int underWay;
    volatile bool closed;

    /// <summary>A pass begins; while the gate is closed it waits here. Not from within a pass: that would wait for itself.</summary>
    public void Enter()
    {
        while (true)
        {
            Interlocked.Increment(ref underWay);
            if (!closed) return;
            Leave();
            lock (opened)
            {
                while (closed) Monitor.Wait(opened);
            }
        }
    }

    /// <summary>The pass is over, and all that it emitted has been handed over.</summary>
    public void Leave() => Interlocked.Decrement(ref underWay);

    /// <summary>
    /// Does something while nobody is under way: at once if nobody is, otherwise when the longest pass has ended. New ones wait until it is
    /// done.
    /// </summary>
    public void WhileEmpty(Action act)
    {
        lock (closing)
        {
            closed = true;
            try
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref underWay) == 0);
                act();
            }
            finally
            {
                lock (opened)
                {
                    closed = false;
                    Monitor.PulseAll(opened);
                }
            }
        }
    }
}
