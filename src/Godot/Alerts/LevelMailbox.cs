namespace Godot.Alerting;

/// <summary>
/// Levels on their way from the lanes to the desk. Bounded by keys: of one key it holds the first, the worst and the last level; what lies
/// between was over in a moment, and no pass waits.
/// </summary>
/// <param name="ring">Called when the first comes into an empty mailbox; on a lane, so it must not wait.</param>
/// <param name="holdsAll">All levels of a key, where the desk comes after each pass: what is decided must not depend on the blocks.</param>
sealed class LevelMailbox(Action ring, bool holdsAll)
{
    /// <summary>What came of one key, in the order in which it came about.</summary>
    public sealed record Post(AlertPort Port, KeyName Key, IReadOnlyList<Level> Levels);

    sealed class Letters
    {
        public readonly List<Level> All = [];

        // Passes overtake each other behind the lane's lock: numbers say which came first.
        public void Add(Level next, bool holdsAll)
        {
            int at = All.FindLastIndex(level => level.Number < next.Number) + 1;
            All.Insert(at, next);
            if (holdsAll || All.Count <= 3) return;
            Level worst = All.MaxBy(level => level.Rank)!;
            All.RemoveAll(level => level != All[0] && level != All[^1] && level != worst);
        }
    }

    readonly Lock gate = new();
    Dictionary<(AlertPort Port, KeyName Key), Letters> posts = [];

    public void Add(AlertPort port, KeyName key, Level level)
    {
        bool first;
        lock (gate)
        {
            first = posts.Count == 0;
            if (!posts.TryGetValue((port, key), out Letters? letters)) posts.Add((port, key), letters = new Letters());
            letters.Add(level, holdsAll);
        }
        if (first) ring();
    }

    /// <summary>
    /// Takes all that has come, in the order of the events that it follows from, whatever lanes they ran on; where it holds all levels,
    /// one by one.
    /// </summary>
    public IReadOnlyCollection<Post> Take()
    {
        Dictionary<(AlertPort Port, KeyName Key), Letters> taken;
        lock (gate)
        {
            if (posts.Count == 0) return [];
            taken = posts;
            posts = [];
        }
        return [.. taken.SelectMany(post => holdsAll ? post.Value.All.Select(level => NewPost(post.Key, [level]))
            : [NewPost(post.Key, post.Value.All)]).OrderBy(post => post.Levels[0].Order)];

        static Post NewPost((AlertPort Port, KeyName Key) of, IReadOnlyList<Level> levels) => new(of.Port, of.Key, levels);
    }
}
