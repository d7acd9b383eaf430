namespace Godot;

/// <summary>A thread for what would keep one of the thread pool's for long.</summary>
static class OwnThread
{
    public static Task Run(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The same, or null where the system has no thread left.</summary>
    public static Task? TryRun(Action action)
    {
        try
        {
            return Run(action);
        }
        catch (Exception e) when (e is OutOfMemoryException or TaskSchedulerException { InnerException: OutOfMemoryException })
        {
            // So the runtime tells that a thread could not be made.
            return null;
        }
    }
}
