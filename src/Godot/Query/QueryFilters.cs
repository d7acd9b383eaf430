namespace Godot;

/// <summary>Puts one field to a test.</summary>
/// <param name="only">The only text that passes; null if there may be others.</param>
sealed class FieldTest(QueryField of, Predicate<FieldValue> test, string? only) : Filter
{
    public override bool OnSeries => of.OnSeries;

    public override (Parts Part, string Text)? Only => OnSeries && only is not null ? (of.Part, only) : null;

    public override bool Passes(string? host, string? service) => test(of.Of(host, service));

    public override bool Passes(EventView e) => test(of.Of(e));
}

/// <summary>Passes an event of which two fields are the same.</summary>
sealed class SameFilter(QueryField left, QueryField right) : Filter
{
    readonly bool rounded = FieldValue.IsRounded(left.Part) || FieldValue.IsRounded(right.Part);

    public override bool OnSeries => left.OnSeries && right.OnSeries;

    public override bool Passes(string? host, string? service) => left.Of(host, service) == right.Of(host, service);

    public override bool Passes(EventView e) => rounded ? left.Of(e).Rounded == right.Of(e).Rounded : left.Of(e) == right.Of(e);
}

/// <summary>Passes everything, or nothing.</summary>
sealed class ConstantFilter(bool passes) : Filter
{
    public override bool OnSeries => true;

    public override bool Passes(string? host, string? service) => passes;

    public override bool Passes(EventView e) => passes;
}

/// <summary>Passes an event if all its filters do.</summary>
sealed class AllFilter(Filter[] filters) : Filter
{
    public override bool OnSeries { get; } = Array.TrueForAll(filters, filter => filter.OnSeries);

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

    public override bool Passes(string? host, string? service) => Array.Exists(filters, filter => filter.Passes(host, service));

    public override bool Passes(EventView e)
    {
        foreach (Filter filter in filters)
            if (filter.Passes(e)) return true;
        return false;
    }
}
