using System.Diagnostics;

namespace Godot;

/// <summary>Waits for something that other threads bring about.</summary>
static class Eventually
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task True(Func<bool> condition, Func<string>? otherwise = null)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > Patience) Assert.Fail($"It did not happen within {Patience}. {otherwise?.Invoke()}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static Task Within(Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
