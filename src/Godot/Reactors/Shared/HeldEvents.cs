namespace Godot;

/// <summary>The events that a stage gathers, in order.</summary>
/// <param name="verb">The verb, to be named if there are too many.</param>
/// <param name="limit">How many there may be.</param>
sealed class HeldEvents(string verb, int limit)
{
    readonly List<Event> events = [];

    public int Count => events.Count;

    /// <exception cref="InvalidOperationException">There are too many: this one is lost.</exception>
    public void Add(EventView e)
    {
        if (events.Count >= limit) throw TooMany(verb, limit);
        events.Add(e.ToEvent());
    }

    /// <summary>All of them; it is empty then.</summary>
    public Event[] Take()
    {
        Event[] batch = [.. events];
        events.Clear();
        return batch;
    }

    public void Save(StateWriter state)
    {
        state.Write(events.Count);
        foreach (Event e in events) state.Write(e);
    }

    public void Load(StateReader state)
    {
        for (int left = state.ReadInt32(); left > 0; left--) events.Add(state.ReadEvent());
    }

    public static InvalidOperationException TooMany(string verb, int limit) =>
        new($"{verb} holds {limit} events, which is its limit; raise it, or make the time shorter.");
}
