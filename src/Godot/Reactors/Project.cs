using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Remembers the last event that passes each of some filters, and emits these as one batch, in the order of the filters, with every
    /// event that passes one of them, once there is one for each:
    /// <c>Project(Reactor.Where("service", "enqueues"), Reactor.Where("service", "dequeues"))</c>. Scope: all.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>project</c>: to compare a few measurements, such as by
    /// <c>Combine(pair => pair[0] with { Metric = pair[0].Metric / pair[1].Metric })</c>. An event that passes several filters stands for
    /// each of them; one that passes none is dropped. One whose own ttl is over, counted from its arrival, is forgotten; time in which this
    /// monitor was itself stalled or overloaded does not count. One that arrives with the state "expired" is in one batch, if there is one,
    /// and then forgotten. Metrics are not looked at. Memory: an event per filter. No timers.
    /// </remarks>
    /// <param name="filters">Recipes of filters alone: <c>Where</c>, <c>Over</c>, <c>Tagged</c> and their like.</param>
    /// <exception cref="ArgumentException">There are no filters, or one of the recipes does more than to filter.</exception>
    public BatchReactor Project(params ReadOnlySpan<Reactor> filters)
    {
        if (filters.IsEmpty) throw new ArgumentException("Project needs a filter for each event that it is to remember.", nameof(filters));
        foreach (Reactor filter in filters) ArgumentNullException.ThrowIfNull(filter, nameof(filters));
        Reactor[] recipes = filters.ToArray();
        Filter[][] each = [.. recipes.Select(ProjectStage.FiltersOf)];
        return new(this,
            new StageStep($"Project({string.Join(", ", recipes.Select(InnerRecipe.Lambda))})", Scope.All, () => new ProjectStage(each)));
    }
}

sealed class ProjectStage : Stage
{
    readonly Filter[][] filters;

    // By the filter's place.
    readonly ExpiringMap<int, Event> latest;

    // Of the filters that let the event pass which is being handled.
    readonly List<int> places = [];

    public ProjectStage(Filter[][] filters) => (this.filters, latest) = (filters, new(this));

    public override void On(EventView e)
    {
        FindPlaces(e);
        if (places.Count == 0) return;
        latest.RemoveOver();
        Event last = e.ToEvent();
        bool expired = e.Is(FieldSet.State, "expired"u8);
        foreach (int place in places) latest.Set(place, last, e.Ttl);
        if (latest.Count == filters.Length) Send([.. latest.Entries.OrderBy(entry => entry.Key).Select(entry => entry.Value)]);
        if (!expired) return;
        foreach (int place in places) latest.Remove(place);
    }

    // All filters are asked before anything changes: one may throw.
    void FindPlaces(EventView e)
    {
        places.Clear();
        for (int i = 0; i < filters.Length; i++)
            if (PassesAll(filters[i], e)) places.Add(i);
    }

    static bool PassesAll(Filter[] filters, EventView e)
    {
        foreach (Filter filter in filters)
            if (!filter.Passes(e)) return false;
        return true;
    }

    public static Filter[] FiltersOf(Reactor filters)
    {
        foreach (Step step in filters.Steps())
            if (step is not FilterStep)
                throw new ArgumentException($"Project remembers events as they came, and {step} is not a filter; put it before Project.",
                    nameof(filters));
        return [.. filters.Steps().Cast<FilterStep>().Select(step => step.Filter)];
    }

    protected override void Save(StateWriter state) => latest.Save(state, (place, e) =>
    {
        state.Write(place);
        state.Write(e);
    });

    protected override void Load(StateReader state) => latest.Load(state, () => (state.ReadInt32(), state.ReadEvent()));
}
