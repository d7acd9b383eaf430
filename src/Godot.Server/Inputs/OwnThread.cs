namespace Godot;

/// <summary>A thread for what would keep one of the thread pool's for long.</summary>
static class OwnThread
{
    public static Task Run(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
