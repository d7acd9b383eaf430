using System.Runtime.CompilerServices;

namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>Emits the one event that the function makes of each batch; nothing for a batch of which it makes none.</summary>
    /// <param name="combine">
    /// Called from several threads at once, with at least one event: <c>events => events[^1] with { Metric = events.Count }</c>. If it
    /// throws, the batch is lost in this reactor, and counted.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Reactor Combine(Func<IReadOnlyList<Event>, Event?> combine, [CallerArgumentExpression(nameof(combine))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(combine);
        return ToEvents($"Combine({text})", () => new CombineStage(combine));
    }
}

sealed class CombineStage(Func<IReadOnlyList<Event>, Event?> combine) : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        if (combine(batch) is { } e) Send(e);
    }
}
