using Godot.Common;
using Godot.Recipes;

namespace Godot.Queries;

/// <summary>Makes filters of a query's conditions.</summary>
static class QueryCompiler
{
    public static Filter Compile(Expression expression) => expression switch
    {
        Junction { All: true } both => new AllFilter([.. both.Terms.Select(Compile)]),
        Junction either => new AnyFilter([.. either.Terms.Select(Compile)]),
        Negation not => new NotFilter([Compile(not.Inner)]),
        HasTag has => new TaggedFilter([has.Tag]),
        Equality { Field: var field, Value: var given } when (FieldValue.IsRounded(field.Part) ? given.Rounded : given) is var wanted =>
            new FieldTest(field, value => value == wanted, given),
        Comparison { Field: var field } comparison => new FieldTest(field, Compare(comparison.Sign, comparison.Number)),
        RegexMatch { Field: var field, Regex: var regex } =>
            new FieldTest(field, value => value.Kind == MetaKind.Text && regex.IsMatch(value.Text!)),
        Likeness like when LikeGlob(like.Pattern) is var glob =>
            new FieldTest(like.Field, value => value.Kind == MetaKind.Text && glob.Matches(value.Text!), FieldValue.Of(glob.Literal)),
        Truth { Field: var field } => new FieldTest(field, IsTrue),
        Constant { Value: var value } => new ConstantFilter(IsTrue(value)),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    // Everything but nil and false.
    static bool IsTrue(FieldValue value) => value != default && value != FieldValue.Of(false);

    static Predicate<FieldValue> Compare(string sign, double number) => sign switch
    {
        "<" => value => value.Kind == MetaKind.Number && value.Number < number,
        "<=" => value => value.Kind == MetaKind.Number && value.Number <= number,
        ">" => value => value.Kind == MetaKind.Number && value.Number > number,
        _ => value => value.Kind == MetaKind.Number && value.Number >= number,
    };

    // What means something in a glob is ordinary here.
    static Glob LikeGlob(string pattern) => new(pattern
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("?", "\\?", StringComparison.Ordinal)
        .Replace('%', '*'));
}
