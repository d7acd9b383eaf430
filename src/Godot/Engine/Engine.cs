namespace Godot;

/// <summary>Runs reactors over events. A server has one; a program can embed one.</summary>
public sealed class Engine(EngineOptions? options = null) : IAsyncDisposable
{
    readonly EngineOptions options = options ?? new();

    /// <summary>Starts a reactor. Opens its outputs first, so that a configuration that cannot work is refused here.</summary>
    /// <param name="recipe">What to run.</param>
    /// <param name="name">How metrics, replay, saved state and <see cref="Remove"/> call it. Default: derived from the recipe's text.</param>
    /// <returns>The reactor's name.</returns>
    /// <exception cref="ArgumentException">The name is taken, or an output refuses its configuration.</exception>
    public string Add(Recipe recipe, string? name = null) => throw new NotImplementedException();

    /// <summary>Stops a reactor: what its windows hold is emitted. False if there is none of this name.</summary>
    public bool Remove(string name) => throw new NotImplementedException();

    /// <summary>The names of the running reactors, in the order they were added.</summary>
    public IReadOnlyList<string> Reactors => throw new NotImplementedException();

    /// <summary>Takes one event in. When this returns, all reactors have seen it. May be called from any thread.</summary>
    public void Feed(Event e) => throw new NotImplementedException();

    /// <summary>A way into the engine for one thread at a time: a connection has one.</summary>
    internal Intake OpenIntake() => throw new NotImplementedException();

    /// <summary>Lets windows and rollups emit what they hold and flushes the outputs; what is unsent when the time is over is saved and named in the log. No event may be fed any more.</summary>
    public Task StopAsync(CancellationToken giveUp = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>How many series are known.</summary>
    public int Series => throw new NotImplementedException();

    /// <summary>Events of series beyond <see cref="EngineOptions.MaxSeries"/>, dropped.</summary>
    public long Refused => throw new NotImplementedException();

    /// <summary>How many events each stage of each reactor has been handed.</summary>
    internal IEnumerable<StageCount> StageCounts() => throw new NotImplementedException();

    /// <summary>The outputs' queues, for metrics.</summary>
    internal IEnumerable<OutputQueue> Outputs => throw new NotImplementedException();
}

/// <summary>One stage's count: events handed to it, and those lost in it because it threw.</summary>
readonly record struct StageCount(string Reactor, string Stage, long Events, long Failed);
