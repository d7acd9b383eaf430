namespace Godot;

/// <summary>The queues of all outputs that running reactors use; recipes that are equal share one. Changed by one thread at a time.</summary>
sealed class OutputQueues(EngineOptions options)
{
    readonly OutputContext context = new(options.Clock, options.Loggers, options.Services);
    readonly Dictionary<OutputRecipe, OutputQueue> open = [];
    readonly List<Task> closing = [];
    volatile OutputQueue[] all = [];

    /// <summary>May be read from any thread.</summary>
    public IReadOnlyList<OutputQueue> All => all;

    /// <summary>The queue of an output; opens the output if it is new.</summary>
    /// <exception cref="ArgumentException">The output refuses its configuration.</exception>
    public OutputQueue Of(OutputRecipe recipe)
    {
        if (open.TryGetValue(recipe, out OutputQueue? queue)) return queue;
        open.Add(recipe, queue = new OutputQueue(recipe, context));
        all = [.. open.Values];
        return queue;
    }

    /// <summary>Closes the queues that none of these reactors uses, after they have sent what waits in them.</summary>
    public void Keep(IReadOnlyList<RunningReactor> running)
    {
        closing.RemoveAll(task => task.IsCompleted);
        foreach ((OutputRecipe recipe, OutputQueue queue) in open.ToArray())
        {
            if (running.Any(reactor => reactor.Outputs.Contains(queue))) continue;
            open.Remove(recipe);
            closing.Add(queue.StopAsync(CancellationToken.None));
        }
        all = [.. open.Values];
    }

    /// <summary>Sends what waits; what is unsent when <paramref name="giveUp"/> says so is abandoned.</summary>
    public Task StopAsync(CancellationToken giveUp)
    {
        Task[] tasks = [.. open.Values.Select(queue => queue.StopAsync(giveUp)), .. closing.Select(task => task.WaitAsync(giveUp))];
        return Task.WhenAll(tasks);
    }
}
