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

    /// <summary>The fields of an event that may hold it.</summary>
    public Parts Looks => part == Parts.Other ? Parts.Meta | Parts.Other : part;

    /// <summary>True if host and service alone decide.</summary>
    public bool OnSeries => (part & Parts.Series) != 0;

    public FieldValue Of(string? host, string? service) => FieldValue.Of(part == Parts.Host ? host : service);

    public FieldValue Of(EventView e) => part == Parts.Other ? Attribute(e) : FieldValue.Of(e, part);

    FieldValue Attribute(EventView e)
    {
        MetaValue value = e.MetaOf(Name);
        return FieldValue.OfMeta(value.Kind == MetaKind.Missing ? e.Member(Name) : value);
    }

    public override string ToString() => Name;
}
