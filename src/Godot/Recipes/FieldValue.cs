using Godot.Events;

namespace Godot.Recipes;

/// <summary>
/// What a field of an event holds, or a recipe or a query says, taken out to be compared or kept: two that are equal are the same kind and
/// the same value. <c>default</c>: the event does not say, or says null.
/// </summary>
/// <param name="Text">
/// Of a text, its characters; of true and false, of tags and of a value of meta that is not a scalar, their JSON; of a number,
/// <see cref="ExactNumber.Digits"/>.
/// </param>
/// <param name="Number">Of a number, the nearest double, infinite beyond its range; otherwise 0.</param>
readonly record struct FieldValue(MetaKind Kind, string? Text, double Number)
{
    public static FieldValue Of(string? text) => text is null ? default : new(MetaKind.Text, text, 0);

    /// <summary>What a field that is a double holds: two are the same if the doubles are.</summary>
    public static FieldValue Of(double? number) => number is { } known ? new(MetaKind.Number, null, known) : default;

    public static FieldValue Of(bool truth) => new(MetaKind.Boolean, truth ? "true" : "false", 0);

    public static FieldValue OfNumber(ReadOnlySpan<char> json) =>
        ExactNumber.Of(json) is var exact ? new(MetaKind.Number, exact.Digits, exact.Nearest) : default;

    public static FieldValue OfMeta(MetaValue value) => value.Kind switch
    {
        MetaKind.Missing or MetaKind.Null => default,
        MetaKind.Number => OfNumber(value.ToString()),
        _ => new(value.Kind, value.ToString(), 0),
    };

    public static FieldValue Of(EventView e, Field field) => field.Part switch
    {
        FieldSet.Meta => OfMeta(e.MetaOf(field.Name)),
        FieldSet.Other => OfMeta(e.Member(field.Name)),
        _ => Of(e, field.Part),
    };

    /// <summary>One of the fields that every event may have, but for meta.</summary>
    public static FieldValue Of(EventView e, FieldSet part) => part switch
    {
        FieldSet.Host => Of(e.Host),
        FieldSet.Service => Of(e.Service),
        FieldSet.State => Of(e.State),
        FieldSet.Description => Of(e.Description),
        // Two lists are the same if their JSON is.
        FieldSet.Tags =>
            e.Row.Has(FieldSet.Tags) ? new(MetaKind.Json, System.Text.Encoding.UTF8.GetString(EventWriter.TagsText(e.Tags)), 0) : default,
        FieldSet.Metric => Of(e.Metric),
        FieldSet.Time => Of(e.TimeIfKnown is null ? null : (double)e.Row.Time / TimeSpan.TicksPerSecond),
        _ => Of(e.Ttl?.TotalSeconds),
    };

    /// <summary>The fields that are doubles: what they are compared with is rounded as they were.</summary>
    public static bool IsRounded(FieldSet part) => part is FieldSet.Metric or FieldSet.Time or FieldSet.Ttl;

    /// <summary>The same, a number as such a field would have it.</summary>
    public FieldValue Rounded => Kind == MetaKind.Number ? Of(Number) : this;

    /// <summary>For whoever debugs: a record would print <see cref="Rounded"/>, and that its own, without end.</summary>
    public override string ToString() => Text ?? Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// As the first version of a state has it: of everything but a number only the text, not its kind; of a number only the nearest double.
    /// </summary>
    public bool IsOld { get; init; }

    /// <summary>True if an event has the same value, as far as that is known of an old one.</summary>
    public bool IsStill(FieldValue now) => this == (IsOld ? now.AsOld : now);

    FieldValue AsOld => (Kind != MetaKind.Number ? Of(Text) : double.IsFinite(Number) ? Of(Number) : default) with { IsOld = true };

    /// <summary>The <see cref="Stage.StateVersion"/> of what it is part of must be <see cref="Version"/>.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(IsOld);
        writer.Write((long)Kind);
        writer.Write(Text);
        writer.Write(Number);
    }

    public static FieldValue Load(StateReader reader)
    {
        if (reader.Version < Version)
        {
            string? text = reader.ReadString();
            return (reader.ReadBoolean() ? Of(reader.ReadDouble()) : Of(text)).AsOld;
        }
        bool old = reader.ReadBoolean();
        return new((MetaKind)reader.ReadInt64(), reader.ReadString(), reader.ReadDouble()) { IsOld = old };
    }

    /// <summary>The stages that save one have this <see cref="Stage.StateVersion"/>.</summary>
    public const int Version = 2;
}
