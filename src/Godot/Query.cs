using Godot.Events;
using Godot.Queries;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// A question about events in Riemann's language: <c>service = "cpu" and metric > 50</c>. Immutable; parsed and compiled once, and asked
/// from any thread.
/// </summary>
/// <remarks>
/// <c>and</c>, <c>or</c>, <c>not</c> and brackets join conditions; <c>not</c> binds tightest, <c>or</c> least. A condition is <c>tagged
/// "x"</c>, <c>=</c>, <c>!=</c>, a comparison with a number, <c>=~</c> with <c>%</c> for any run of characters, or <c>~=</c> with a regular
/// expression. A name that is not one of the fields is a key of meta, or else a member of the event's JSON. A field that the event does not
/// have is <c>nil</c>: it equals nothing else, and no comparison with it is true.
/// </remarks>
public sealed class Query
{
    /// <summary>More characters than a query may have.</summary>
    internal const int Longest = 8192;

    // Fields that are looked at where events pass, at most.
    const int MostQuick = 8;

    readonly string text;

    internal Query(Expression root)
    {
        (Root, text) = (root, root.ToString());
        Conjuncts = [.. root.Conjuncts().Select(conjunct => (QueryCompiler.Compile(conjunct), conjunct.ToString()))];
        Filter = QueryCompiler.Compile(root);
    }

    /// <summary>Reads a query.</summary>
    /// <exception cref="QueryFormatException">It is not a query; the message says what to change, and where.</exception>
    public static Query Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Query(new QueryParser(text).Parse());
    }

    /// <summary>
    /// Reads what <see cref="ToString"/> wrote of one: with brackets and quotes that nobody had to write, that may be longer than one may
    /// be.
    /// </summary>
    internal static Query Restore(string text) => new(new QueryParser(text, int.MaxValue).Parse());

    /// <summary>True if the event is one of those that the query asks for.</summary>
    public bool Matches(Event e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return Filter.Passes(e);
    }

    /// <summary>The query as it is written at its plainest.</summary>
    public override string ToString() => text;

    internal Expression Root { get; }

    /// <summary>The whole query.</summary>
    internal Filter Filter { get; }

    /// <summary>
    /// The conditions that must all be true, each with its text: those that look at host and service alone the engine asks once per series.
    /// </summary>
    internal IReadOnlyList<(Filter Filter, string Text)> Conjuncts { get; }

    /// <summary>
    /// Those of its conditions that cost little, whoever wrote them and the event: they may be asked where the events pass. And a filter of
    /// the others, which may not; null if there are none.
    /// </summary>
    internal (Query Quick, Filter? Others) Divided()
    {
        int left = MostQuick;
        ILookup<bool, Expression> quick = Root.Conjuncts().ToLookup(conjunct => conjunct.Cost <= left && (left -= conjunct.Cost) >= 0);
        return (new Query(All([.. quick[true]])), quick[false].Any() ? QueryCompiler.Compile(All([.. quick[false]])) : null);

        static Expression All(Expression[] terms) => terms switch
        {
            [] => new Constant(FieldValue.Of(true)),
            [var only] => only,
            _ => new Junction(All: true, terms),
        };
    }

    /// <summary>The only host, or service, whose events can match; null if there may be several.</summary>
    internal string? Only(FieldSet part) =>
        Conjuncts.Select(conjunct => conjunct.Filter.Only).FirstOrDefault(only => only?.Part == part)?.Text;
}
