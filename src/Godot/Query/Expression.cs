using Godot.Common;
using Godot.Recipes;

namespace Godot.Queries;

/// <summary>A condition of a query. Its text reads back as the same condition.</summary>
abstract record Expression
{
    /// <summary>What must all be true for this to be.</summary>
    public virtual IEnumerable<Expression> Conjuncts() => [this];

    /// <summary>
    /// How many fields it looks at, at most, or more than anybody asks of one if it looks for patterns in long texts: what it costs per
    /// event, whoever wrote it and the event.
    /// </summary>
    public virtual int Cost => 1;

    /// <summary>More than any number of fields.</summary>
    protected const int Costly = 1_000_000;
}

/// <summary>
/// Conditions that must all be true, or of which one must. At least two; none is of the same kind, since those are joined.
/// </summary>
sealed record Junction(bool All, Expression[] Terms) : Expression
{
    public override IEnumerable<Expression> Conjuncts() => All ? Terms : [this];

    public override int Cost => Terms.Sum(term => term.Cost);

    public bool Equals(Junction? other) => other is not null && All == other.All && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => HashCode.Combine(All, Terms.Length, Terms[0]);

    // An and inside an or needs no brackets; to a reader they help.
    public override string ToString() =>
        string.Join(All ? " and " : " or ", Terms.Select(term => term is Junction ? $"({term})" : term.ToString()));
}

sealed record Negation(Expression Inner) : Expression
{
    public override int Cost => Inner.Cost;

    public override string ToString() => Inner switch
    {
        Equality equality => $"{equality.Field} != {QueryText.Of(equality.Value)}",
        Junction => $"not ({Inner})",
        _ => $"not {Inner}",
    };
}

/// <summary>The event has this tag.</summary>
sealed record HasTag(string Tag) : Expression
{
    public override string ToString() => $"tagged {QueryText.Quote(Tag)}";
}

sealed record Equality(QueryField Field, FieldValue Value) : Expression
{
    public override string ToString() => $"{Field} = {QueryText.Of(Value)}";
}

/// <summary>A comparison with a number; anything else than a number is on no side of it.</summary>
/// <param name="Sign">One of <c>&lt; &lt;= &gt; &gt;=</c>.</param>
sealed record Comparison(QueryField Field, string Sign, double Number) : Expression
{
    public override string ToString() => $"{Field} {Sign} {QueryText.Of(FieldValue.Of(Number))}";
}

/// <summary>A text with <c>%</c> for any run of characters.</summary>
sealed record Likeness(QueryField Field, string Pattern) : Expression
{
    // Names are short.
    const int Short = 64;

    public override int Cost => Field.OnSeries && Pattern.Length <= Short ? 1 : Costly;

    public override string ToString() => $"{Field} =~ {QueryText.Quote(Pattern)}";
}

/// <summary>A regular expression. It is built once, since that costs most.</summary>
sealed record RegexMatch(QueryField Field, string Pattern, BoundedRegex Regex) : Expression
{
    public override int Cost => Costly;

    public bool Equals(RegexMatch? other) => other is not null && Field == other.Field && Pattern == other.Pattern;

    public override int GetHashCode() => HashCode.Combine(Field, Pattern);

    public override string ToString() => $"{Field} ~= {QueryText.Quote(Pattern)}";
}

/// <summary>A field by itself: true unless it is nil or false.</summary>
sealed record Truth(QueryField Field) : Expression
{
    public override string ToString() => Field.ToString();
}

/// <summary>True or false, or nil, by itself.</summary>
sealed record Constant(FieldValue Value) : Expression
{
    public override string ToString() => QueryText.Of(Value);
}
