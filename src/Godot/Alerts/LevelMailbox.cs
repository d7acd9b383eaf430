namespace Godot.Alerting;

/// <summary>
/// Levels on their way from the lanes to the desk. Bounded by keys: of one key it holds the first, the worst and the last level; nothing is
/// dropped that would change what is decided, and no pass waits.
/// </summary>
/// <param name="ring">Called when the first comes into an empty mailbox; on a lane, so it must not wait.</param>
sealed class LevelMailbox(Action ring)
{
    /// <summary>What came of one key.</summary>
    public sealed class Post(AlertPort port, KeyName key, Level level)
    {
        public AlertPort Port => port;

        public KeyName Key => key;

        Level first = level, worst = level, last = level;

        // Passes overtake each other behind the lane's lock: numbers say which came first.
        public void Add(Level next)
        {
            if (next.Number < first.Number) first = next;
            if (next.Number > last.Number) last = next;
            if (next.Rank > worst.Rank) worst = next;
        }

        /// <summary>In the order in which they came about.</summary>
        public IEnumerable<Level> Levels => new[] { first, worst, last }.Distinct().OrderBy(level => level.Number);
    }

    readonly Lock gate = new();
    OrderedDictionary<(AlertPort, KeyName), Post> posts = [];

    /// <summary>May be asked from any thread, and be over when the answer comes.</summary>
    public bool IsEmpty => Volatile.Read(ref posts).Count == 0;

    public void Add(AlertPort port, KeyName key, Level level)
    {
        bool first;
        lock (gate)
        {
            first = posts.Count == 0;
            if (posts.TryGetValue((port, key), out Post? post)) post.Add(level);
            else posts.Add((port, key), new Post(port, key, level));
        }
        if (first) ring();
    }

    /// <summary>Takes all that has come.</summary>
    public IReadOnlyCollection<Post> Take()
    {
        lock (gate)
        {
            IReadOnlyCollection<Post> taken = [.. posts.Values];
            if (taken.Count > 0) posts = [];
            return taken;
        }
    }
}
