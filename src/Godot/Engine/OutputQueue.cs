namespace Godot;

/// <summary>
/// Between a reactor and an output: a bounded queue, so that handing over costs a reactor one enqueue, and one task that gathers
/// what comes within the interval, sends, and retries.
/// </summary>
sealed class OutputQueue(OutputRecipe recipe, OutputContext context)
{
    public OutputRecipe Recipe => recipe;

    /// <summary>Never blocks and never throws. False: the queue was full, and the notification is dropped and counted.</summary>
    public bool Enqueue(Notification notification) => throw new NotImplementedException();

    /// <summary>Notifications that wait: not yet sent, dropped or abandoned.</summary>
    public int Pending => throw new NotImplementedException();
    public long Sent => throw new NotImplementedException();

    /// <summary>Attempts that failed; a retry that fails counts again.</summary>
    public long Failed => throw new NotImplementedException();
    public long Dropped => throw new NotImplementedException();
    public long Abandoned => throw new NotImplementedException();

    /// <summary>Sends at once what waits, whatever the interval; what is unsent when <paramref name="giveUp"/> says so, or when the next attempt would be a retry, is abandoned.</summary>
    public Task StopAsync(CancellationToken giveUp) => throw new NotImplementedException();

    readonly OutputContext context = context;
}
