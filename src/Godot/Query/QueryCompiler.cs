using System.Text.RegularExpressions;

namespace Godot;

/// <summary>Makes filters of a query's conditions.</summary>
static class QueryCompiler
{
    public static Filter Compile(Expression expression) => expression switch
    {
        Junction { All: true } both => new AllFilter([.. both.Terms.Select(Compile)]),
        Junction either => new AnyFilter([.. either.Terms.Select(Compile)]),
        Negation not => new NotFilter([Compile(not.Inner)]),
        HasTag has => new TaggedFilter([has.Tag]),
        Equality { Left.Field: { } left, Right.Field: { } right } => new SameFilter(left, right),
        Equality { Left.Field: null } equality => Same(equality.Right, equality.Left.Constant),
        Equality equality => Same(equality.Left, equality.Right.Constant),
        Comparison comparison => Test(comparison.Left, Compare(comparison.Sign, comparison.Number)),
        Likeness { IsRegex: true } like when Regex(like.Pattern) is var regex => Test(like.Left, value => value.Kind == MetaKind.Text && regex.IsMatch(value.Text!)),
        Likeness like when LikeGlob(like.Pattern) is var glob => Test(like.Left, value => value.Kind == MetaKind.Text && glob.Matches(value.Text!), FieldValue.Of(glob.Literal)),
        Truth truth => Test(truth.Value, IsTrue),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    /// <summary>A regular expression whose time is linear in the text, whatever it is: queries come from strangers.</summary>
    public static Regex Regex(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    static Filter Same(Operand operand, FieldValue constant)
    {
        FieldValue wanted = operand.Field is { } field && FieldValue.IsRounded(field.Part) ? constant.Rounded : constant;
        return Test(operand, value => value == wanted, constant);
    }

    // Everything but nil and false.
    static bool IsTrue(FieldValue value) => value != default && value != FieldValue.Of(false);

    static Filter Test(Operand operand, Predicate<FieldValue> test, FieldValue only = default) =>
        operand.Field is { } field ? new FieldTest(field, test, only.Kind == MetaKind.Text ? only.Text : null) : new ConstantFilter(test(operand.Constant));

    static Predicate<FieldValue> Compare(string sign, double number) => sign switch
    {
        "<" => value => value.Kind == MetaKind.Number && value.Number < number,
        "<=" => value => value.Kind == MetaKind.Number && value.Number <= number,
        ">" => value => value.Kind == MetaKind.Number && value.Number > number,
        _ => value => value.Kind == MetaKind.Number && value.Number >= number,
    };

    // What means something in a glob is ordinary here.
    static Glob LikeGlob(string pattern) => new(pattern
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal)
        .Replace('%', '*'));
}
