namespace Godot;

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
/// <param name="Text">A name, or a sign (an operator, a bracket), as it is written; a text without its quotes and escapes.</param>
readonly record struct Token(TokenKind Kind, int Position, string Text, double Number = 0)
{
    public bool Is(string word) => Kind is TokenKind.Name or TokenKind.Sign && Text == word;

    /// <summary>True of what stands between a field and a value.</summary>
    public bool IsOperator => Kind == TokenKind.Sign && Text is not ("(" or ")");

    /// <summary>As an error names it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => QueryValue.Quote(Text),
        TokenKind.Number => QueryValue.Of(Number).ToString(),
        _ => Text,
    };
}
