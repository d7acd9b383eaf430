using Godot.Events;
using Godot.Recipes;

namespace Godot.Queries;

/// <summary>A field as a query names it: one of the event's own, or else a key of meta, or else a member of its JSON.</summary>
sealed record QueryField(string Name)
{
    readonly FieldSet part = Name switch
    {
        "host" => FieldSet.Host,
        "service" => FieldSet.Service,
        "state" => FieldSet.State,
        "description" => FieldSet.Description,
        "tags" => FieldSet.Tags,
        "metric" => FieldSet.Metric,
        "time" => FieldSet.Time,
        "ttl" => FieldSet.Ttl,
        _ => FieldSet.Other,
    };

    public FieldSet Part => part;

    /// <summary>The fields of an event that may hold it.</summary>
    public FieldSet Looks => part == FieldSet.Other ? FieldSet.Meta | FieldSet.Other : part;

    /// <summary>True if host and service alone decide.</summary>
    public bool OnSeries => (part & FieldSet.Series) != 0;

    public FieldValue Of(string? host, string? service) => FieldValue.Of(part == FieldSet.Host ? host : service);

    public FieldValue Of(EventView e) => part == FieldSet.Other ? Attribute(e) : FieldValue.Of(e, part);

    FieldValue Attribute(EventView e)
    {
        MetaValue value = e.MetaOf(Name);
        return FieldValue.OfMeta(value.Kind == MetaKind.Missing ? e.Member(Name) : value);
    }

    public override string ToString() => Name;
}
