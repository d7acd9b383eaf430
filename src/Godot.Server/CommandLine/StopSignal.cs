using System.Runtime.InteropServices;

namespace Godot;

/// <summary>Ctrl-C or SIGTERM: the first asks the program to stop, a second ends it at once.</summary>
sealed class StopSignal : IDisposable
{
    readonly CancellationTokenSource given = new();
    readonly TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly PosixSignalRegistration interrupt, terminate;

    public StopSignal()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, On);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, On);
    }

    public CancellationToken Given => given.Token;

    public Task WaitAsync() => came.Task;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        given.Dispose();
    }

    // Cancelling the context keeps the process alive; the second time the system does what it does with any program.
    void On(PosixSignalContext context)
    {
        if (!came.TrySetResult()) return;
        context.Cancel = true;
        given.Cancel();
    }
}
