using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Godot.Stages;

namespace Godot;

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
        if (waiting.Count == Most)
            throw new InvalidOperationException($"{Most} events wait in {verb}; shorten its time, or let fewer events come to it.");
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
