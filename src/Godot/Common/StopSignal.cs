using System.Runtime.InteropServices;

namespace Godot.Common;

/// <summary>
/// Ctrl-C or SIGTERM: the first asks the program to stop, and one that comes more than a second later ends it at once. Those in between say
/// the same as the first: systemd, a terminal and <c>dotnet run</c>, which passes on what it gets, tell a whole group of processes, and so
/// some of them twice.
/// </summary>
sealed class StopSignal : IDisposable
{
    static readonly TimeSpan Once = TimeSpan.FromSeconds(1);

    // A program that stops within a second may be told once more when it is as good as over.
    static StopSignal? last;

    readonly TimeProvider clock;
    readonly CancellationTokenSource given = new();
    readonly TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly PosixSignalRegistration interrupt, terminate;
    long first;

    public StopSignal(TimeProvider clock)
    {
        this.clock = clock;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, On);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, On);
    }

    public CancellationToken Given => given.Token;

    public Task WaitAsync() => came.Task;

    /// <summary>Signals do again what they do with any program; if one came, a second after it.</summary>
    public void Dispose()
    {
        if (came.Task.IsCompleted)
        {
            last = this;
            return;
        }
        interrupt.Dispose();
        terminate.Dispose();
        given.Dispose();
    }

    /// <summary>True if the program stops, or stops already, because of a signal that comes now; false if it is to end at once.</summary>
    internal bool Take()
    {
        bool isFirst;
        lock (came)
        {
            if (isFirst = !came.Task.IsCompleted)
            {
                first = clock.GetTimestamp();
                came.SetResult();
            }
        }
        if (isFirst) given.Cancel();
        return isFirst || clock.GetElapsedTime(first) < Once;
    }

    // Cancelling the context keeps the process alive; otherwise the system does what it does with any program.
    void On(PosixSignalContext context)
    {
        if (Take()) context.Cancel = true;
    }
}
