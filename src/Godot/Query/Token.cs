using Godot.Recipes;

namespace Godot.Queries;

enum TokenKind
{
    End,
    Name,
    Text,
    Number,
    Sign,
}

/// <summary>A word of a query.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Text">
/// A name, a sign (an operator, a bracket), or a number's digits, as they are written; a text without its quotes and escapes.
/// </param>
readonly record struct Token(TokenKind Kind, int Position, string Text, double Number = 0)
{
    public bool Is(string word) => Kind is TokenKind.Name or TokenKind.Sign && Text == word;

    /// <summary>What a text or a number says. Infinity and NaN have no digits.</summary>
    public FieldValue Value =>
        Kind == TokenKind.Text ? FieldValue.Of(Text) : Text == "" ? FieldValue.Of(Number) : FieldValue.OfNumber(Text);

    /// <summary>True of what stands between a field and a value.</summary>
    public bool IsOperator => Kind == TokenKind.Sign && Text is not ("(" or ")");

    /// <summary>As an error names it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text or TokenKind.Number => QueryText.Of(Value),
        _ => Text,
    };
}
