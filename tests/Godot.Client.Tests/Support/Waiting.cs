using System.Threading.Channels;

namespace Godot.Client.Tests;

/// <summary>Tests wait for what must happen, never for time to pass.</summary>
static class Waiting
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Long);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Long);

    public static Task Soon(this ValueTask task) => task.AsTask().WaitAsync(Long);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Long);

    /// <summary>The next element.</summary>
    public static Task<T> Next<T>(this Channel<T> channel) => channel.Reader.ReadAsync().Soon();

    /// <summary>The next elements.</summary>
    public static async Task<List<T>> Next<T>(this Channel<T> channel, int count)
    {
        List<T> elements = [];
        while (elements.Count < count) elements.Add(await channel.Next());
        return elements;
    }
}
