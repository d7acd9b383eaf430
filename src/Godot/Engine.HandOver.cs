using Godot.Runtime;

namespace Godot;

/// <summary>How an engine ends.</summary>
public sealed partial class Engine
{
    /// <summary>
    /// Lets windows and rollups emit what they hold, then flushes the outputs. Events that are fed later are seen by nobody.
    /// </summary>
    /// <param name="cancellationToken">Ends the sending: what is unsent is saved as well as each output can, and named in the log.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => HandOverAsync(static () => false, cancellationToken);

    /// <summary>
    /// Stops, for another engine to go on from what this one holds: no timer fires while that is saved, and windows do not emit it. Then
    /// flushes the outputs.
    /// </summary>
    /// <param name="save">
    /// Saves what the engine holds. False if it could not: windows and rollups emit it then, so that it is not lost.
    /// </param>
    /// <param name="cancellationToken">Ends the sending, as in <see cref="StopAsync"/>.</param>
    internal async Task HandOverAsync(Func<bool> save, CancellationToken cancellationToken)
    {
        RefuseStages();
        lock (changes)
        {
            if (stopped) return;
            stopped = true;
            timerDriver.Dispose();
        }
        if (!save())
        {
            lock (changes)
                foreach (RunningReactor reactor in plan.Downstream()) End(reactor);
        }
        await Alerts.StopAsync().ConfigureAwait(false);
        await outputs.StopAsync(cancellationToken).ConfigureAwait(false);
    }
}
