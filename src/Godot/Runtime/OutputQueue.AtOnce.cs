using Godot.Common;

namespace Godot.Runtime;

/// <summary>What is sent at once, past all that waits, and tried once: somebody waits for the answer.</summary>
sealed partial class OutputQueue
{
    const int MostAtOnce = 100;

    // Under the lock.
    readonly Queue<(Notification Notification, TaskCompletionSource<string?> Answer)> atOnce = [];

    /// <summary>Sends it next, whatever waits, and tries it once. Returns why it was not sent; null: it was.</summary>
    /// <param name="notification">What is sent.</param>
    /// <param name="patience">How long to wait for the answer.</param>
    /// <param name="stop">Nobody waits for it any more.</param>
    public async Task<string?> SendNowAsync(Notification notification, TimeSpan patience, CancellationToken stop)
    {
        TaskCompletionSource<string?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (stopping || stopped) return Ends;
            if (atOnce.Count >= MostAtOnce) return $"{MostAtOnce} others wait to be sent at once.";
            atOnce.Enqueue((notification, answer));
        }
        Wake();
        try
        {
            return await answer.Task.WaitAsync(patience, clock, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return $"It was not sent within {patience}, and may arrive later.";
        }
        finally
        {
            // One that has not begun is not sent any more.
            answer.TrySetResult(null);
        }
    }

    const string Ends = "The output is being closed.";

    /// <summary>What is to be sent now, when that which goes at once has gone.</summary>
    async Task<List<Notification>?> NextAsync()
    {
        while (TakeAtOnce() is (var notification, var answer))
        {
            if (answer.Task.IsCompleted) continue;
            (int sent, Exception? failure) = await sender.TryAsync([notification]).ConfigureAwait(false);
            Report.CountSent(sent);
            answer.TrySetResult(failure is null ? null : Thrown.MessageOf(failure));
        }
        return TakeDue();
    }

    void EndAtOnce()
    {
        while (TakeAtOnce() is (_, var answer)) answer.TrySetResult(Ends);
    }

    (Notification, TaskCompletionSource<string?>)? TakeAtOnce()
    {
        lock (gate) return atOnce.TryDequeue(out (Notification, TaskCompletionSource<string?>) next) ? next : null;
    }
}
