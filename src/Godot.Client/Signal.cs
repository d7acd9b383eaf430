using System.Threading.Tasks.Sources;

namespace Godot;

/// <summary>Wakes the one that waits, without allocating. A signal that nobody waits for is kept, once.</summary>
/// <remarks>Any thread may set it; one at a time may wait. The waiter goes on in the thread pool, never inside <see cref="Set"/>.</remarks>
sealed class Signal : IValueTaskSource
{
    const int Unset = 0, IsSet = 1, Awaited = 2;

    ManualResetValueTaskSourceCore<bool> core = new() { RunContinuationsAsynchronously = true };
    int state;

    /// <summary>Wakes the waiter, or spares the next one its wait.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref state, IsSet) != Awaited) return;

        // Whoever sets it between these two lines is seen as well: the waiter looks only after the second.
        Interlocked.Exchange(ref state, Unset);
        core.SetResult(true);
    }

    /// <summary>Completes when it is, or was already, set; it is then unset.</summary>
    public ValueTask WaitAsync()
    {
        core.Reset();
        if (Interlocked.CompareExchange(ref state, Awaited, Unset) == Unset) return new(this, core.Version);
        Interlocked.Exchange(ref state, Unset);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token) => core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
