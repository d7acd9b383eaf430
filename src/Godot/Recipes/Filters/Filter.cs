using Godot.Events;

namespace Godot.Recipes;

/// <summary>A filter as data. Those on host and service alone are asked once per series, the others once per event.</summary>
abstract class Filter
{
    /// <summary>True if host and service alone decide.</summary>
    public virtual bool OnSeries => false;

    /// <summary>Asked of filters that are <see cref="OnSeries"/>.</summary>
    public virtual bool Passes(string? host, string? service) => true;

    /// <summary>The only host, service, state or description that it lets pass; null if there are more.</summary>
    public virtual (FieldSet Part, string Text)? Only => null;

    /// <summary>The least and the greatest metric that it may let pass; null if it does not say.</summary>
    public virtual (double Least, double Greatest)? Metrics => null;

    /// <summary>The fields that it looks at, and at nothing else; null of a function, which does not say.</summary>
    public virtual FieldSet? Looks => null;

    /// <summary>What several look at together; null if one of them does not say.</summary>
    public static FieldSet? LooksOf(Filter[] filters)
    {
        FieldSet? all = FieldSet.None;
        foreach (Filter filter in filters) all |= filter.Looks;
        return all;
    }

    public abstract bool Passes(EventView e);
}
