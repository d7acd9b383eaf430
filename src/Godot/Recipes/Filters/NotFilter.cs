using System.Runtime.CompilerServices;
using Godot.Events;

namespace Godot.Recipes;

/// <summary>Passes an event unless all its filters do.</summary>
sealed class NotFilter(Filter[] filters) : Filter
{
    public override bool OnSeries { get; } = Array.TrueForAll(filters, filter => filter.OnSeries);

    public override FieldSet? Looks { get; } = LooksOf(filters);

    public override bool Passes(string? host, string? service)
    {
        foreach (Filter filter in filters)
            if (!filter.Passes(host, service)) return true;
        return false;
    }

    public override bool Passes(EventView e)
    {
        foreach (Filter filter in filters)
            if (!filter.Passes(e)) return true;
        return false;
    }
}
