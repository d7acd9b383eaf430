using System.Runtime.CompilerServices;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes what the function makes of each event: <c>Map(e => e with { Metric = e.Metric * 2 })</c>. Looks at each event by itself.
    /// </summary>
    /// <param name="map">Called from several threads at once. If it throws, the event is lost in this reactor, and counted.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Reactor Map(Func<EventView, EventView> map, [CallerArgumentExpression(nameof(map))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(map);
        return Add($"Map({text})", Scope.Event, () => new MapStage(map), opaque: true);
    }
}

public sealed partial class BatchReactor
{
    /// <summary>
    /// Passes the batch that the function makes of each; nothing if that is empty: <c>Map(events => [.. events.OrderBy(e =>
    /// e.Metric)])</c>. Looks at each batch by itself.
    /// </summary>
    /// <param name="map">
    /// Called from several threads at once, with at least one event. If it throws, the batch is lost in this reactor, and counted.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public BatchReactor Map(Func<IReadOnlyList<Event>, IReadOnlyList<Event>> map, [CallerArgumentExpression(nameof(map))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(map);
        return Add($"Map({text})", () => new BatchMapStage(map));
    }
}

sealed class MapStage(Func<EventView, EventView> map) : Stage
{
    internal override bool ServesAllKeys => true;

    internal override bool KeepsNothing => true;

    public override void On(EventView e) => Send(map(e));
}

sealed class BatchMapStage(Func<IReadOnlyList<Event>, IReadOnlyList<Event>> map) : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        // A copy: the function may keep its list and change it later.
        Event[] mapped = [.. map(batch)];
        if (mapped.Length > 0) Send(batch is TimedBatch ? new TimedBatch(mapped) : mapped);
    }
}
