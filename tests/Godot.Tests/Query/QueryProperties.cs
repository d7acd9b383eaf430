using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Common;
using Godot.Queries;
using Godot.Recipes;

namespace Godot.Tests;

public sealed class QueryProperties
{
    static readonly string[] Names = ["host", "service", "state", "description", "metric", "time", "ttl", "tags", "cores", "zone", "a:b.c"];

    static readonly string[] Texts = ["", "a", "ab", "a.b", "b*", "%", "a%", "%b", "\"\\\t", "ok", "é"];

    static readonly string[] Signs = ["<", "<=", ">", ">="];

    static readonly Gen<string> Text = Gen.Elements(Texts);

    static readonly Gen<double> Number =
        Gen.OneOf(Gen.Choose(-2, 2).Select(n => (double)n),
            Gen.Elements(0.5, 1e20, -1.25e-7, double.PositiveInfinity, double.NegativeInfinity, -0.0));

    static readonly string[] OfTexts = ["host", "service", "state", "description", "cores", "zone", "a:b.c"];

    static readonly string[] OfNumbers = ["metric", "time", "ttl", "cores", "zone", "a:b.c"];

    static Gen<QueryField> Field(params string[] names) => Gen.Elements(names).Select(name => new QueryField(name));

    static readonly Gen<Expression> Condition = Gen.OneOf(
        Text.Select(tag => (Expression)new HasTag(tag)),
        Gen.Zip(Field(OfTexts), Text).Select(sides => (Expression)new Equality(sides.Item1, FieldValue.Of(sides.Item2))),
        Gen.Zip(Field(OfNumbers), Number).Select(sides => (Expression)new Equality(sides.Item1, FieldValue.Of(sides.Item2))),
        Gen.Zip(Field("cores", "a:b.c"), Gen.Elements(true, false))
        .Select(sides => (Expression)new Equality(sides.Item1, FieldValue.Of(sides.Item2))),
        Field(Names).Select(field => (Expression)new Equality(field, default)),
        Gen.Zip(Gen.Zip(Field(OfNumbers), Gen.Elements(Signs)), Number)
        .Select(parts => (Expression)new Comparison(parts.Item1.Item1, parts.Item1.Item2, parts.Item2)),
        Gen.Zip(Field(OfTexts), Text).Select(parts => (Expression)new Likeness(parts.Item1, parts.Item2)),
        Gen.Zip(Field(OfTexts), Gen.Elements("a", "^a", "b$", "^[ab]+$", ""))
        .Select(parts => (Expression)new RegexMatch(parts.Item1, parts.Item2, BoundedRegex.OfStranger(parts.Item2, new())!)),
        Field(Names).Select(field => (Expression)new Truth(field)),
        Gen.Elements(default, FieldValue.Of(true), FieldValue.Of(false)).Select(value => (Expression)new Constant(value)));

    static Gen<Expression> Nested(int depth) => depth == 0 ? Condition : Gen.OneOf(
        Condition,
        Nested(depth - 1).Select(inner => (Expression)new Negation(inner)),
        Joined(all: true, depth - 1),
        Joined(all: false, depth - 1));

    // Terms of the same kind are joined at once, as the parser does.
    static Gen<Expression> Joined(bool all, int depth) => Nested(depth).ArrayOf(3).Select(terms => (Expression)new Junction(all,
        [.. terms.SelectMany(term => term is Junction inner && inner.All == all ? inner.Terms : [term])]));

    static readonly Gen<Event> SomeEvent = Gen.Choose(0, int.MaxValue).Select(seed =>
    {
        Random random = new(seed);
        string? Any() => random.Next(3) == 0 ? null : Texts[random.Next(Texts.Length)];
        Dictionary<string, MetaValue> meta = [];
        if (random.Next(2) == 0) meta["cores"] = random.Next(-2, 3);
        if (random.Next(2) == 0) meta["zone"] = Any();
        if (random.Next(2) == 0) meta["a:b.c"] = random.Next(2) == 0;
        return new Event
        {
            Host = Any(), Service = Any(), State = Any(), Description = Any(), Meta = meta,
            Metric = random.Next(3) == 0 ? null : random.Next(-2, 3),
            Time = random.Next(3) == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(random.Next(0, 3)),
            Ttl = random.Next(3) == 0 ? null : TimeSpan.FromSeconds(random.Next(0, 3)),
            Tags = [.. Texts.Where(_ => random.Next(4) == 0)],
        };
    });

    [Property(MaxTest = 1000)]
    public Property Its_text_reads_back_as_the_same_query() => Prop.ForAll(Nested(3).ToArbitrary(), expression =>
        new QueryParser(expression.ToString()).Parse().Equals(expression));

    [Property(MaxTest = 2000)]
    public Property What_is_compiled_says_what_a_naive_interpreter_says() =>
        Prop.ForAll(Nested(3).ToArbitrary(), SomeEvent.ToArbitrary(), (expression, e) =>
        new Query(expression).Matches(e) == Naive.Matches(expression, e));

    [Property(MaxTest = 1000)]
    public Property Asked_once_per_series_it_passes_the_same_events() =>
        Prop.ForAll(Nested(2).ToArbitrary(), SomeEvent.ToArbitrary(), (expression, e) =>
        Reactors.Test(r => r.Where(new Query(expression)))
        .Given(e).Emitted.Count == (Naive.Matches(expression, e with { Time = e.Time ?? Sample.At(0) }) ? 1 : 0));

    [Property(MaxTest = 1000)]
    public Property No_text_is_anything_but_a_query_or_refused() => Prop.ForAll(
        Gen.Elements("a", "(", ")", "not", "and", "or", "=", "!=", "=~", "~=", ">", "\"x\"", "\"", "\\", "5", "-", "1e", ".", "'", "nil",
            "tagged", " ", "\u0001", "é", "!").ListOf().ToArbitrary(),
        words =>
        {
            try
            {
                return Query.Parse(string.Concat(words)).ToString().Length > 0;
            }
            catch (QueryFormatException refused)
            {
                return refused.Position >= 0 && refused.Position <= string.Concat(words).Length;
            }
        });

    /// <summary>A query's meaning, as the documentation has it: with objects, null for nil.</summary>
    static class Naive
    {
        public static bool Matches(Expression expression, Event e) => expression switch
        {
            Junction junction => junction.All ? junction.Terms.All(term => Matches(term, e)) : junction.Terms.Any(term => Matches(term, e)),
            Negation negation => !Matches(negation.Inner, e),
            HasTag has => e.Tags.Contains(has.Tag),
            Equality equality => Equals(Value(equality.Field, e), Value(equality.Value)),
            Comparison comparison => Value(comparison.Field, e) is double number && comparison.Sign switch
            {
                "<" => number < comparison.Number,
                "<=" => number <= comparison.Number,
                ">" => number > comparison.Number,
                _ => number >= comparison.Number,
            },
            Likeness like => Value(like.Field, e) is string text
                && System.Text.RegularExpressions.Regex.IsMatch(text,
                    $@"\A{string.Join("(.|\n)*", like.Pattern.Split('%').Select(System.Text.RegularExpressions.Regex.Escape))}\z"),
            RegexMatch match => Value(match.Field, e) is string text && System.Text.RegularExpressions.Regex.IsMatch(text, match.Pattern),
            Truth truth => Value(truth.Field, e) is not (null or false),
            Constant constant => Value(constant.Value) is not (null or false),
            _ => throw new NotSupportedException(),
        };

        static object? Value(FieldValue value) => value.Kind switch
        {
            MetaKind.Text => value.Text,
            MetaKind.Number => value.Number,
            MetaKind.Boolean => value.Text == "true",
            _ => null,
        };

        static object? Value(QueryField field, Event e) => field.Name switch
        {
            "host" => e.Host,
            "service" => e.Service,
            "state" => e.State,
            "description" => e.Description,
            "metric" => e.Metric,
            "time" => e.Time is { } time ? (time - DateTimeOffset.UnixEpoch).TotalSeconds : null,
            "ttl" => e.Ttl?.TotalSeconds,
            // Equal to themselves alone.
            "tags" => e.Tags.Count > 0 ? (typeof(Event), string.Join('|', e.Tags)) : null,
            var name => e.Meta.GetValueOrDefault(name) is var value
                && value.Kind == MetaKind.Boolean ? value.Boolean : value.Number ?? (object?)value.Text,
        };
    }
}
