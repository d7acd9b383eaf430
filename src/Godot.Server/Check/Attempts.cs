using Godot.Common;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>Tries a program's outputs, each once: whether what they send to is there and lets them in.</summary>
sealed class Attempts(GodotServer server, TimeProvider clock)
{
    // Longer than any answer that is worth waiting for, and short enough for one who looks on.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Dictionary<OutputRecipe, (string? Reached, string? Failure)> known = [];

    /// <summary>What was reached, or why not; neither if nothing can be tried without sending.</summary>
    public async Task<(string? Reached, string? Failure)> OfAsync(OutputRecipe output, CancellationToken stop)
    {
        if (!known.TryGetValue(output, out (string?, string?) result))
            known.Add(output, result = await TryAsync(output, stop).ConfigureAwait(false));
        return result;
    }

    async Task<(string? Reached, string? Failure)> TryAsync(OutputRecipe output, CancellationToken stop)
    {
        using CancellationTokenSource late = new(Patience, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            OutputContext context = new(clock, NullLoggerFactory.Instance, server.Options.Engine.Services);
            // Not every library heeds the token.
            return (await output.TryAsync(context, end.Token).WaitAsync(end.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return (null, $"{output} has had no answer for {Patience.TotalSeconds} s.");
        }
        // A user's output may throw anything.
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return (null, Mistake.Sentence(e));
        }
    }
}
