using System.Diagnostics.CodeAnalysis;
using Godot.Alerting;
using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>
/// The queues of all outputs that running reactors use; those with the same key share one. Changed by one thread at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing that must be freed.")]
sealed class OutputQueues(EngineOptions options, Desk desk)
{
    readonly OutputContext context = new(options.TimeProvider, options.LoggerFactory, options.Services);
    readonly List<(OutputRecipe Part, OutputQueue Queue)> open = [];
    readonly List<(OutputQueue Queue, Task Task)> closing = [];

    // When the time to stop is over, it is for queues that were closing already as well.
    readonly CancellationTokenSource givenUp = new();
    long lostBefore;
    volatile OutputQueue[] all = [];

    /// <summary>Numbers what goes into the queues.</summary>
    public NotificationNumbers Numbers { get; } = new(options.TimeProvider);

    /// <summary>May be read from any thread.</summary>
    public IReadOnlyList<OutputQueue> All => all;

    /// <summary>The queues of an output, one for each of its parts; opens those that are new.</summary>
    /// <exception cref="ArgumentException">The output refuses its configuration.</exception>
    public OutputQueue[] Of(OutputRecipe recipe)
    {
        OutputQueue[] queues = [.. recipe.Parts(context).Select(OfPart).Distinct()];
        all = [.. Open];
        return queues;
    }

    /// <summary>Notifications that were neither sent nor saved when their queue ended.</summary>
    public long LostAtStop => lostBefore + Open.Sum(queue => queue.Report.LostAtStop) + closing.Sum(ended => ended.Queue.Report.LostAtStop);

    /// <summary>Closes the queues that none of these reactors uses, after they have sent what waits in them.</summary>
    /// <param name="running">The reactors that run.</param>
    /// <param name="isUsed">True of one that is used beside them.</param>
    public void Keep(IReadOnlyList<RunningReactor> running, Func<OutputQueue, bool> isUsed)
    {
        // Asked once: one that ends meanwhile is for the next time.
        HashSet<OutputQueue> ended = [.. closing.Where(one => one.Task.IsCompleted).Select(one => one.Queue)];
        lostBefore += ended.Sum(queue => queue.Report.LostAtStop);
        closing.RemoveAll(one => ended.Contains(one.Queue));
        OutputQueue[] unused = [.. Open.Where(queue => !running.Any(reactor => reactor.Outputs.Contains(queue)) && !isUsed(queue))];
        closing.AddRange(unused.Select(queue => (queue, queue.StopAsync(givenUp.Token))));
        open.RemoveAll(one => unused.Contains(one.Queue));
        all = [.. Open];
    }

    /// <summary>Sends what waits; what is unsent when <paramref name="giveUp"/> says so is abandoned.</summary>
    public async Task StopAsync(CancellationToken giveUp)
    {
        using CancellationTokenRegistration heeded = giveUp.Register(givenUp.Cancel);
        IEnumerable<Task> stopping = Open.Select(queue => queue.StopAsync(givenUp.Token));
        await Task.WhenAll([.. stopping, .. closing.Select(one => one.Task)]).ConfigureAwait(false);
    }

    IEnumerable<OutputQueue> Open => open.Select(one => one.Queue);

    OutputQueue OfPart(OutputRecipe part)
    {
        foreach ((OutputRecipe other, OutputQueue its) in open)
            if (IsOne(part, other)) return its;
        OutputQueue queue = new(part, context, desk);
        open.Add((part, queue));
        return queue;
    }

    static bool IsOne(OutputRecipe one, OutputRecipe other) =>
        ReferenceEquals(one, other) || (one.QueueKey is { } key && one.GetType() == other.GetType() && key == other.QueueKey);
}
