namespace Godot;

/// <summary>The queues of all outputs that running reactors use; recipes that are equal share one. Changed by one thread at a time.</summary>
sealed class OutputQueues(EngineOptions options)
{
    readonly OutputContext context = new(options.Clock, options.Loggers, options.Services);
    readonly Dictionary<OutputRecipe, OutputQueue> open = [];
    readonly List<(OutputQueue Queue, Task Task)> closing = [];
    long lostBefore;
    volatile OutputQueue[] all = [];

    /// <summary>May be read from any thread.</summary>
    public IReadOnlyList<OutputQueue> All => all;

    /// <summary>The queues of an output, one for each of its parts; opens those that are new.</summary>
    /// <exception cref="ArgumentException">The output refuses its configuration.</exception>
    public OutputQueue[] Of(OutputRecipe recipe)
    {
        OutputQueue[] queues = [.. recipe.Parts(context).Distinct().Select(OfPart)];
        all = [.. open.Values];
        return queues;
    }

    /// <summary>Notifications that were neither sent nor saved when their queue ended.</summary>
    public long LostAtStop => lostBefore + open.Values.Sum(queue => queue.LostAtStop) + closing.Sum(ended => ended.Queue.LostAtStop);

    /// <summary>Closes the queues that none of these reactors uses, after they have sent what waits in them.</summary>
    public void Keep(IReadOnlyList<RunningReactor> running)
    {
        lostBefore += closing.Where(ended => ended.Task.IsCompleted).Sum(ended => ended.Queue.LostAtStop);
        closing.RemoveAll(ended => ended.Task.IsCompleted);
        foreach ((OutputRecipe recipe, OutputQueue queue) in open.ToArray())
        {
            if (running.Any(reactor => reactor.Outputs.Contains(queue))) continue;
            open.Remove(recipe);
            closing.Add((queue, queue.StopAsync(CancellationToken.None)));
        }
        all = [.. open.Values];
    }

    /// <summary>Sends what waits; what is unsent when <paramref name="giveUp"/> says so is abandoned.</summary>
    public Task StopAsync(CancellationToken giveUp)
    {
        Task[] tasks = [.. open.Values.Select(queue => queue.StopAsync(giveUp)), .. closing.Select(ended => ended.Task.WaitAsync(giveUp))];
        return Task.WhenAll(tasks);
    }

    OutputQueue OfPart(OutputRecipe part)
    {
        if (!open.TryGetValue(part, out OutputQueue? queue)) open.Add(part, queue = new OutputQueue(part, context));
        return queue;
    }
}
