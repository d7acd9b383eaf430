namespace Godot;

/// <summary>A condition of a query. Its text reads back as the same condition.</summary>
abstract record Expression
{
    /// <summary>What must all be true for this to be.</summary>
    public virtual IEnumerable<Expression> Conjuncts() => [this];
}

/// <summary>Conditions that must all be true, or of which one must. At least two; none is of the same kind, since those are joined.</summary>
sealed record Junction(bool All, Expression[] Terms) : Expression
{
    public override IEnumerable<Expression> Conjuncts() => All ? Terms : [this];

    public bool Equals(Junction? other) => other is not null && All == other.All && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => HashCode.Combine(All, Terms.Length, Terms[0]);

    // An and inside an or needs no brackets; to a reader they help.
    public override string ToString() => string.Join(All ? " and " : " or ", Terms.Select(term => term is Junction ? $"({term})" : term.ToString()));
}

sealed record Negation(Expression Inner) : Expression
{
    public override string ToString() => Inner switch
    {
        Equality equality => $"{equality.Left} != {equality.Right}",
        Junction => $"not ({Inner})",
        _ => $"not {Inner}",
    };
}

/// <summary>The event has this tag.</summary>
sealed record HasTag(string Tag) : Expression
{
    public override string ToString() => $"tagged {QueryText.Quote(Tag)}";
}

sealed record Equality(Operand Left, Operand Right) : Expression
{
    public override string ToString() => $"{Left} = {Right}";
}

/// <summary>A comparison with a number; anything else than a number is on no side of it.</summary>
/// <param name="Sign">One of <c>&lt; &lt;= &gt; &gt;=</c>.</param>
sealed record Comparison(Operand Left, string Sign, double Number) : Expression
{
    public override string ToString() => $"{Left} {Sign} {QueryText.Of(FieldValue.Of(Number))}";
}

/// <summary>A text that matches a pattern: with <c>%</c> for any run of characters, or a regular expression.</summary>
sealed record Likeness(Operand Left, string Pattern, bool IsRegex) : Expression
{
    public override string ToString() => $"{Left} {(IsRegex ? "~=" : "=~")} {QueryText.Quote(Pattern)}";
}

/// <summary>A value by itself: true unless it is nil or false.</summary>
sealed record Truth(Operand Value) : Expression
{
    public override string ToString() => Value.ToString();
}

/// <summary>One side of a condition: a field, or, if there is none, a constant.</summary>
readonly record struct Operand(QueryField? Field, FieldValue Constant)
{
    public override string ToString() => Field?.Name ?? QueryText.Of(Constant);
}
