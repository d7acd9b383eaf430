using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Begins a sequence: what is to be followed, or not, by something else. Continue with <c>FollowedBy</c> or <c>NotFollowedBy</c>.
    /// Scope: each series; mostly inside a <c>By</c>.
    /// </summary>
    /// <remarks>
    /// <c>Reactor.By("host", r => r.When("service", "deploy").NotFollowedBy("service", "heartbeat", within: TimeSpan.FromMinutes(5)))</c>
    /// </remarks>
    /// <param name="field">The field of the first event that must match.</param>
    /// <param name="match">What it must match.</param>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public Sequence When(Field field, Match match)
    {
        FieldFilter first = new(field, match);
        return new Sequence(this, $"When({first})", first);
    }

    /// <summary>The same with a function for the first event. Scope: each series; mostly inside a <c>By</c>.</summary>
    /// <param name="first">True of the first event. Called from several threads at once. If it throws, the event is lost in this reactor, and counted.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Sequence When(Func<EventView, bool> first, [CallerArgumentExpression(nameof(first))] string text = "") =>
        new(this, $"When({text})", new FunctionFilter(first));
}

/// <summary>The beginning of a sequence of events, made by <c>When</c>. It is no recipe yet: say what follows.</summary>
public sealed partial class Sequence
{
    readonly Reactor before;
    readonly string text;
    readonly Filter first;

    internal Sequence(Reactor before, string text, Filter first) => (this.before, this.text, this.first) = (before, text, first);

    string Text(string verb, string then, TimeSpan within)
    {
        RecipeRules.Positive(within, $"{verb}'s within", nameof(within));
        return $"{text}.{verb}({then}, within: {RecipeText.Of(within)})";
    }
}

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="Reactor.When(Field, Match)"/>
        public static Sequence When(Field field, Match match) => Reactor.Empty.When(field, match);

        /// <inheritdoc cref="Reactor.When(Func{EventView, bool}, string)"/>
        public static Sequence When(Func<EventView, bool> first, [CallerArgumentExpression(nameof(first))] string text = "") =>
            Reactor.Empty.When(first, text);
    }
}

/// <summary>
/// The first events of sequences that wait for their second, oldest first. Time in which the monitor itself could hear nobody
/// does not count.
/// </summary>
sealed class FirstEvents(Stage stage, string verb, TimeSpan within)
{
    const int Most = 10_000;

    readonly Queue<(Event First, Due Over)> waiting = new();

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>When the time of the oldest is over.</summary>
    public Due Over => waiting.Peek().Over;

    public void Add(EventView e)
    {
        if (waiting.Count == Most) throw new InvalidOperationException($"{Most} events wait in {verb}; shorten its time, or let fewer events come to it.");
        waiting.Enqueue((e.ToEvent(), Due.In(stage, within.Ticks)));
    }

    /// <summary>Takes out the oldest, if its time is over.</summary>
    public bool TryTakeOverdue([NotNullWhen(true)] out Event? first)
    {
        first = !IsEmpty && Over.HasCome(stage) ? waiting.Dequeue().First : null;
        return first is not null;
    }

    /// <summary>Takes out the oldest, whatever its time.</summary>
    public Event Take() => waiting.Dequeue().First;

    public void Clear() => waiting.Clear();

    public void Save(StateWriter state)
    {
        if (IsEmpty) return;
        state.Write(waiting.Count);
        foreach ((Event first, Due over) in waiting)
        {
            state.Write(over.Left(stage));
            state.Write(first);
        }
    }

    public void Load(StateReader state)
    {
        for (int left = state.ReadInt32(); left > 0; left--)
        {
            Due over = Due.In(stage, state.ReadInt64());
            waiting.Enqueue((state.ReadEvent(), over));
        }
    }
}
