using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events of the <paramref name="count"/> series with the highest metrics, drops the others: <c>Top(10)</c>. Scope: all.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>top</c>. A series is among them by its last event; one that is not gets in while there is room, or by a metric higher
    /// than the lowest of them, which then falls out. Of equal ones, those stay that are in. Nothing is known of those outside: one whose
    /// metric sinks stays in until another comes that is higher. An event without a metric is dropped and changes nothing. One with the
    /// state "expired" makes room; it passes if its series was among them. A series that has been silent for the ttl of its last event
    /// makes room, too; time in which this monitor was itself stalled or overloaded does not count. Memory: host, service and 48 bytes for
    /// each of them. No timers.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public Reactor Top(int count)
    {
        RecipeRules.AtLeast(1, count, "Top's count", nameof(count));
        return Add($"Top({count})", Scope.All, () => new TopStage(count));
    }
}

sealed class TopStage : Stage
{
    readonly int count;
    readonly ExpiringMap<(string? Host, string? Service), double> top;

    // The lowest of them; null if it must be looked for.
    double? least;

    public TopStage(int count) => (this.count, top) = (count, new(this));

    public override void On(EventView e)
    {
        top.RemoveOver();
        (string?, string?) series = (e.Host, e.Service);
        if (e.Is(FieldSet.State, "expired"u8))
        {
            if (top.Remove(series)) Send(e);
        }
        else if (e.Metric is { } metric && HasRoomFor(series, metric))
        {
            top.Set(series, metric, e.Ttl);
            least = null;
            Send(e);
        }
    }

    bool HasRoomFor((string?, string?) series, double metric)
    {
        if (top.Count < count || top.TryGet(series, out _)) return true;
        least ??= top.Entries.Min(entry => entry.Value);
        return metric > least && top.Remove(top.Entries.MinBy(entry => entry.Value).Key);
    }

    protected override void Save(StateWriter state) => top.Save(state, (series, metric) =>
    {
        state.Write(series.Host);
        state.Write(series.Service);
        state.Write(metric);
    });

    protected override void Load(StateReader state) =>
        top.Load(state, () => ((state.ReadString(), state.ReadString()), state.ReadDouble()));
}
