namespace Godot;

/// <summary>A field as a query names it: one of the event's own, or else a key of meta, or else a member of its JSON.</summary>
sealed record QueryField(string Name)
{
    readonly Parts part = Name switch
    {
        "host" => Parts.Host,
        "service" => Parts.Service,
        "state" => Parts.State,
        "description" => Parts.Description,
        "tags" => Parts.Tags,
        "metric" => Parts.Metric,
        "time" => Parts.Time,
        "ttl" => Parts.Ttl,
        _ => Parts.Other,
    };

    public Parts Part => part;

    /// <summary>True if host and service alone decide.</summary>
    public bool OnSeries => (part & Parts.Series) != 0;

    public QueryValue Of(string? host, string? service) => QueryValue.Of(part == Parts.Host ? host : service);

    public QueryValue Of(EventView e) => part switch
    {
        Parts.Host => QueryValue.Of(e.Host),
        Parts.Service => QueryValue.Of(e.Service),
        Parts.State => QueryValue.Of(e.State),
        Parts.Description => QueryValue.Of(e.Description),
        Parts.Tags => e.Row.Has(Parts.Tags) ? QueryValue.OfJson(EventWriter.TagsText(e.Tags)) : default,
        Parts.Metric => QueryValue.Of(e.Metric),
        Parts.Time => QueryValue.Of(e.TimeIfKnown is null ? null : (double)e.Row.Time / TimeSpan.TicksPerSecond),
        Parts.Ttl => QueryValue.Of(e.Ttl?.TotalSeconds),
        _ => Attribute(e),
    };

    QueryValue Attribute(EventView e)
    {
        MetaValue value = e.Row.Has(Parts.Meta) ? JsonMembers.FindIn(e.Text(Parts.Meta), Name) : default;
        return QueryValue.OfMeta(value.Kind == MetaKind.Missing ? e.Member(Name) : value);
    }

    public override string ToString() => Name;
}
