using System.Diagnostics.CodeAnalysis;

namespace Godot.Stages;

/// <summary>The latest value of each key, in the order in which the keys were first seen, until its time is over.</summary>
sealed class ExpiringMap<TKey, TValue>(Stage stage)
    where TKey : notnull
{
    const long Never = long.MaxValue;

    // Until when by Stage.Awake: time in which the monitor itself was stalled or overloaded, and could hear nobody, does not count.
    readonly OrderedDictionary<TKey, (TValue Value, long Until)> values = [];

    // No value's time is over before.
    long earliest = Never;

    public int Count => values.Count;

    public IEnumerable<(TKey Key, TValue Value)> Entries => values.Select(entry => (entry.Key, entry.Value.Value));

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool found = values.TryGetValue(key, out (TValue Value, long Until) latest);
        value = latest.Value;
        return found;
    }

    /// <summary>Sets the latest value of a key, for so long; null: until it is removed.</summary>
    public void Set(TKey key, TValue value, TimeSpan? time)
    {
        long until = time is { } given ? stage.Awake + given.Ticks : Never;
        values[key] = (value, until);
        earliest = Math.Min(earliest, until);
    }

    public bool Remove(TKey key) => values.Remove(key);

    /// <summary>Removes those whose time is over, or that a function says.</summary>
    public void RemoveOver(Func<TValue, bool>? also = null)
    {
        if (also is null && stage.Awake < earliest) return;
        earliest = Never;
        for (int i = values.Count - 1; i >= 0; i--)
        {
            (_, (TValue value, long until)) = values.GetAt(i);
            if (stage.Awake >= until || also?.Invoke(value) == true) values.RemoveAt(i);
            else earliest = Math.Min(earliest, until);
        }
    }

    public void Save(StateWriter state, Action<TKey, TValue> write)
    {
        state.Write(values.Count);
        foreach ((TKey key, (TValue value, long until)) in values)
        {
            state.Write(until == Never);
            if (until != Never) state.Write(until - stage.Awake);
            write(key, value);
        }
    }

    public void Load(StateReader state, Func<(TKey Key, TValue Value)> read)
    {
        for (int left = state.ReadInt32(); left > 0; left--)
        {
            TimeSpan? time = state.ReadBoolean() ? null : state.ReadTimeSpan();
            (TKey key, TValue value) = read();
            Set(key, value, time);
        }
    }
}
