using System.Collections.Concurrent;

namespace Godot;

/// <summary>A reactor that remembers what reached it.</summary>
sealed class Seen
{
    readonly ConcurrentQueue<Event> events = [];

    public Seen() => Recipe = Some.Stage(() => new Remember(events));

    public Recipe Recipe { get; }

    /// <summary>Sorted: order is promised for each series, not across them.</summary>
    public IReadOnlyList<string?> Services => [.. events.Select(e => e.Service).Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<Event>> Count(int count)
    {
        await Eventually.True(() => events.Count >= count, () => $"{events.Count} of {count} events came.");
        return [.. events];
    }

    sealed class Remember(ConcurrentQueue<Event> events) : Stage
    {
        public override void On(EventView e) => events.Enqueue(e.ToEvent());
    }
}
