using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events whose field matches, drops the others and those without the field. Looks at each event by itself.
    /// </summary>
    /// <param name="field">
    /// The field's name, <see cref="Field.Meta"/> or <see cref="Field.Member"/>. Of <c>"tags"</c>, any one must match.
    /// </param>
    /// <param name="match">
    /// A text with <c>*</c> and <c>?</c>, a <see cref="System.Text.RegularExpressions.Regex"/>, a number, true or false, or
    /// <see cref="Matcher.When(Func{string, bool}, string)"/>.
    /// </param>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public Reactor Where(Field field, Matcher match)
    {
        FieldFilter filter = new(field, match);
        return Add(new FilterStep($"Where({filter})", filter));
    }

    /// <summary>Passes the events of which all these fields match, drops the others. Looks at each event by itself.</summary>
    public Reactor Where(params ReadOnlySpan<(Field Field, Matcher Match)> filters)
    {
        Reactor reactor = this;
        foreach ((Field field, Matcher match) in filters) reactor = reactor.Where(field, match);
        return reactor;
    }

    /// <summary>Passes the events for which the function says true, drops the others. Looks at each event by itself.</summary>
    /// <remarks>
    /// The engine cannot look into a function: where a field and a <see cref="Matcher"/> say the same, they cost less. A regular expression
    /// in a function has no limit but its own: give it to
    /// <see cref="Where(Field, Matcher)"/>, or make it with <see cref="System.Text.RegularExpressions.RegexOptions.NonBacktracking"/> and a
    /// timeout.
    /// </remarks>
    /// <param name="test">Called from several threads at once. If it throws, the event is lost in this reactor, and counted.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Reactor Where(Func<EventView, bool> test, [CallerArgumentExpression(nameof(test))] string text = "") =>
        Add(new FilterStep($"Where({text})", new FunctionFilter(test)));

    /// <summary>
    /// Passes the events that match a query in Riemann's language, drops the others: <c>Where(Query.Parse("service = \"cpu\" and metric >
    /// 50"))</c>. Looks at each event by itself.
    /// </summary>
    /// <remarks>
    /// Conditions on host and service alone that must all be true are asked once per series, as those of
    /// <see cref="Where(Field, Matcher)"/> are.
    /// </remarks>
    public Reactor Where(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Reactor reactor = this;
        foreach ((Filter filter, string text) in query.Conjuncts.OrderByDescending(conjunct => conjunct.Filter.OnSeries))
            reactor = reactor.Add(new FilterStep($"Where(Query.Parse({RecipeText.Quote(text)}))", filter));
        return reactor;
    }

    /// <summary>
    /// Passes the events whose field does not match, and those without the field; drops the others. Looks at each event by itself.
    /// </summary>
    /// <param name="field">
    /// The field's name, <see cref="Field.Meta"/> or <see cref="Field.Member"/>. Of <c>"tags"</c>, none may match.
    /// </param>
    /// <param name="match">What must not match.</param>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public Reactor WhereNot(Field field, Matcher match)
    {
        FieldFilter filter = new(field, match);
        return Add(new FilterStep($"WhereNot({filter})", new NotFilter([filter])));
    }

    /// <summary>Passes an event unless all these fields match. Looks at each event by itself.</summary>
    /// <exception cref="ArgumentException">No fields are given: nothing would pass.</exception>
    public Reactor WhereNot(params ReadOnlySpan<(Field Field, Matcher Match)> filters)
    {
        if (filters.IsEmpty)
            throw new ArgumentException("Name at least one field that must not match; as it is, nothing would pass.", nameof(filters));
        List<Filter> all = [];
        foreach ((Field field, Matcher match) in filters) all.Add(new FieldFilter(field, match));
        return Add(new FilterStep($"WhereNot({string.Join(", ", all.Select(filter => $"({filter})"))})", new NotFilter([.. all])));
    }

    /// <summary>Passes the events for which the function says false, drops the others. Looks at each event by itself.</summary>
    /// <inheritdoc cref="Where(Func{EventView, bool}, string)"/>
    public Reactor WhereNot(Func<EventView, bool> test, [CallerArgumentExpression(nameof(test))] string text = "") =>
        Add(new FilterStep($"WhereNot({text})", new NotFilter([new FunctionFilter(test)])));
}

public sealed partial class BatchReactor
{
    /// <summary>
    /// Passes the batches for which the function says true, drops the others: <c>Where(events => events.Count >= 3)</c>. Looks at each
    /// batch by itself.
    /// </summary>
    /// <param name="test">
    /// Called from several threads at once, with at least one event. If it throws, the batch is lost in this reactor, and counted.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public BatchReactor Where(Func<IReadOnlyList<Event>, bool> test, [CallerArgumentExpression(nameof(test))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        return Add($"Where({text})", () => new BatchWhereStage(test));
    }
}

sealed class BatchWhereStage(Func<IReadOnlyList<Event>, bool> test) : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        if (test(batch)) Send(batch);
    }
}
