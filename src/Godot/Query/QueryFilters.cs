using Godot.Events;
using Godot.Recipes;

namespace Godot.Queries;

/// <summary>Puts one field to a test.</summary>
/// <param name="only">The only value that passes; nil if there may be others.</param>
sealed class FieldTest(QueryField of, Predicate<FieldValue> test, FieldValue only = default) : Filter
{
    public override bool OnSeries => of.OnSeries;

    public override FieldSet? Looks => of.Looks;

    public override (FieldSet Part, string Text)? Only => OnSeries && only.Kind == MetaKind.Text ? (of.Part, only.Text!) : null;

    public override bool Passes(string? host, string? service) => test(of.Of(host, service));

    public override bool Passes(EventView e) => test(of.Of(e));
}

/// <summary>Passes everything, or nothing.</summary>
sealed class ConstantFilter(bool passes) : Filter
{
    public override bool OnSeries => true;

    public override FieldSet? Looks => FieldSet.None;

    public override bool Passes(string? host, string? service) => passes;

    public override bool Passes(EventView e) => passes;
}

/// <summary>Passes an event if all its filters do.</summary>
sealed class AllFilter(Filter[] filters) : Filter
{
    public override bool OnSeries { get; } = Array.TrueForAll(filters, filter => filter.OnSeries);

    public override FieldSet? Looks { get; } = LooksOf(filters);

    public override bool Passes(string? host, string? service) => Array.TrueForAll(filters, filter => filter.Passes(host, service));

    public override bool Passes(EventView e)
    {
        foreach (Filter filter in filters)
            if (!filter.Passes(e)) return false;
        return true;
    }
}

/// <summary>Passes an event if one of its filters does.</summary>
sealed class AnyFilter(Filter[] filters) : Filter
{
    public override bool OnSeries { get; } = Array.TrueForAll(filters, filter => filter.OnSeries);

    public override FieldSet? Looks { get; } = LooksOf(filters);

    public override bool Passes(string? host, string? service) => Array.Exists(filters, filter => filter.Passes(host, service));

    public override bool Passes(EventView e)
    {
        foreach (Filter filter in filters)
            if (filter.Passes(e)) return true;
        return false;
    }
}
