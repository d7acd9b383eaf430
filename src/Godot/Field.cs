using System.Collections;
using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>
/// One field of an event: what <c>Where</c>, <c>By</c> and <c>Change</c> look at. A string names one of the nine; <see cref="Meta"/> and
/// <see cref="Member"/> name the others. A name that we don't know is refused.
/// </summary>
public readonly record struct Field
{
    Field(FieldSet part, string name) => (Part, Name) = (part, name);

    internal FieldSet Part { get; }

    /// <summary>What makes a value of an event, where it is none of its fields; null otherwise.</summary>
    internal Func<EventView, string?>? Function { get; private init; }

    /// <summary>The field's name, for one of <see cref="Meta"/> its key, for a <see cref="Member"/> the member's name.</summary>
    public string Name { get; }

    /// <summary>The machine or process that the event is about.</summary>
    public static Field Host => new(FieldSet.Host, "host");

    /// <summary>What is measured.</summary>
    public static Field Service => new(FieldSet.Service, "service");

    /// <summary>A word shorter than 255 bytes, such as "ok" or "critical".</summary>
    public static Field State => new(FieldSet.State, "state");

    /// <summary>Free text.</summary>
    public static Field Description => new(FieldSet.Description, "description");

    /// <summary>The tags, as a whole; see <c>Tagged</c> for one of them.</summary>
    public static Field Tags => new(FieldSet.Tags, "tags");

    /// <summary>The number.</summary>
    public static Field Metric => new(FieldSet.Metric, "metric");

    /// <summary>When it happened.</summary>
    public static Field Time => new(FieldSet.Time, "time");

    /// <summary>How long it is valid.</summary>
    public static Field Ttl => new(FieldSet.Ttl, "ttl");

    /// <summary>The value of one key of an event's <c>meta</c>.</summary>
    public static Field Meta(string key) => new(FieldSet.Meta, key ?? throw new ArgumentNullException(nameof(key)));

    /// <summary>A member of the event's JSON object that is not one of the nine.</summary>
    /// <exception cref="ArgumentException">The name is one of the nine: write the string instead.</exception>
    public static Field Member(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FieldNames.MemberRefusal(name) is { } why ? throw new ArgumentException(why, nameof(name)) : new(FieldSet.Other, name);
    }

    /// <summary>A function's result, as if events had it for a field.</summary>
    /// <param name="text">How recipes show it.</param>
    internal static Field Of(Func<EventView, string?> function, string text) => new(FieldSet.Other, text) { Function = function };

    /// <summary>What it is the name of: <c>meta</c>, <c>member</c>, or nothing of one of the nine.</summary>
    internal string Kind => Part switch { FieldSet.Meta => "meta", FieldSet.Other => "member", _ => "" };

    /// <summary>The field of this kind and name.</summary>
    internal static Field Of(string kind, string name) => kind switch
    {
        "meta" => Meta(name),
        "member" => Member(name),
        _ => name,
    };

    /// <summary>The field of this name.</summary>
    /// <exception cref="ArgumentException">An event has no field of this name.</exception>
    public static implicit operator Field(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name) ?? throw new ArgumentException(FieldNames.Refusal(name), nameof(name));
    }

    static Field? Find(string name) => name switch
    {
        "host" => (Field?)Host,
        "service" => Service,
        "state" => State,
        "description" => Description,
        "tags" => Tags,
        "metric" => Metric,
        "time" => Time,
        "ttl" => Ttl,
        _ => null,
    };

    /// <summary>The field as it is written in a recipe.</summary>
    public override string ToString() => Part switch
    {
        _ when Function is not null => Name,
        FieldSet.Meta => $"Field.Meta({RecipeText.Quote(Name)})",
        FieldSet.Other => $"Field.Member({RecipeText.Quote(Name)})",
        _ => RecipeText.Quote(Name),
    };
}

/// <summary>One or more fields; <c>By</c> makes a scope of each distinct tuple of their values.</summary>
[CollectionBuilder(typeof(Fields), nameof(Create))]
public sealed class Fields : IEnumerable<Field>
{
    readonly Field[] fields;

    Fields(Field[] fields) => this.fields = fields.Length > 0
        ? fields
        : throw new ArgumentException("Name at least one field.", nameof(fields));

    /// <summary>These fields: <c>["host", "service"]</c>.</summary>
    public static Fields Create(ReadOnlySpan<Field> fields) => new(fields.ToArray());

    /// <summary>One field.</summary>
    public static implicit operator Fields(string name) => new([name]);

    /// <summary>One field.</summary>
    public static implicit operator Fields(Field field) => new([field]);

    internal ReadOnlySpan<Field> Span => fields;

    /// <summary>The fields in the order given.</summary>
    public IEnumerator<Field> GetEnumerator() => ((IEnumerable<Field>)fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The fields as they are written in a recipe.</summary>
    public override string ToString() => fields.Length == 1 ? fields[0].ToString() : $"[{string.Join(", ", fields)}]";
}
