using Godot.Common;

namespace Godot;

/// <summary>A text is not a query. The message is a sentence that says what to change.</summary>
public sealed class QueryFormatException : FormatException
{
    internal QueryFormatException(string sentence, string query, int position, Exception? inner = null)
        : base($"{sentence} (At character {position + 1}.)", inner) => (Query, Position) = (query, position);

    /// <summary>Where in the text it went wrong, counted from 0; its length if something is missing at the end.</summary>
    public int Position { get; }

    /// <summary>The text with a caret under the position, for a terminal: two lines.</summary>
    public string Marked => $"{PlainText.Printable(Query)}\n{new string(' ', Position)}^";

    string Query { get; }
}
