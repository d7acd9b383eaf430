using System.Runtime.CompilerServices;
using Godot.Events;

namespace Godot.Recipes;

sealed class FieldFilter : Filter
{
    const FieldSet Texts = FieldSet.Series | FieldSet.State | FieldSet.Description;

    readonly Field field;
    readonly Matcher match;

    public FieldFilter(Field field, Matcher match)
    {
        if (match is null) throw new ArgumentNullException(nameof(match), Matcher.NoNull);
        match = match.For(field);
        (this.field, this.match) = (field, match);
        OnSeries = (field.Part & FieldSet.Series) != 0;
        Looks = field.Part;
        Only = (field.Part & Texts) != 0 && match.Literal is { } text ? (field.Part, text) : null;
        Metrics = field.Part == FieldSet.Metric && match.Number is { } number ? (number, number) : null;
    }

    public override bool OnSeries { get; }

    public override (FieldSet Part, string Text)? Only { get; }

    public override (double Least, double Greatest)? Metrics { get; }

    public override FieldSet? Looks { get; }

    public override bool Passes(string? host, string? service) =>
        match.Matches(FieldValue.Of(field.Part == FieldSet.Host ? host : service));

    public override bool Passes(EventView e) => field.Part == FieldSet.Tags ? AnyTag(e) : match.Matches(FieldValue.Of(e, field));

    public override string ToString() => $"{field}, {match}";

    bool AnyTag(EventView e)
    {
        if (match.Literal is { } tag) return e.HasTag(tag);
        foreach (string each in e.Tags)
            if (match.Matches(FieldValue.Of(each))) return true;
        return false;
    }
}
