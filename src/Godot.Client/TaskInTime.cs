namespace Godot;

/// <summary>Waits that end.</summary>
static class TaskInTime
{
    /// <summary>True if a task ends within a time; what it throws is thrown. False: it goes on.</summary>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan time, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            await task.WaitAsync(time, clock, cancel).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            if (!task.IsCompleted) return false;
            // It ended in the same moment, or threw this itself.
            await task.ConfigureAwait(false);
            return true;
        }
    }
}
