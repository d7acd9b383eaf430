namespace Godot.Runtime;

/// <summary>
/// Knows who is under way through the engine, and lets one wait for a moment in which nobody is: no event is then between one verb and the
/// next. What passes pay is one count up and one down, for a whole block.
/// </summary>
sealed class PassGate
{
    static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(2);

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
    /// done. Not behind a pass that takes long, as one through a slow reactor does: then they are let in again, for as long as they had
    /// waited, and after that wait for twice as long.
    /// </summary>
    public void WhileEmpty(Action act)
    {
        for (TimeSpan patience = FirstPatience; !TryWhileEmpty(act, patience); patience *= 2)
            SpinWait.SpinUntil(static () => false, patience);
    }

    bool TryWhileEmpty(Action act, TimeSpan patience)
    {
        lock (closing)
        {
            closed = true;
            try
            {
                if (!SpinWait.SpinUntil(() => Volatile.Read(ref underWay) == 0, patience)) return false;
                act();
                return true;
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
