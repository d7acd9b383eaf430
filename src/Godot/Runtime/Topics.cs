namespace Godot.Runtime;

/// <summary>What some reactors publish and others subscribe to.</summary>
/// <param name="Level">Higher than that of every topic that leads to it; 1 if its publishers are fed by the inputs.</param>
/// <param name="Subscribers">Their first segments, in the order in which they were added.</param>
sealed record Topic(int Level, IReadOnlyList<Segment> Subscribers);

/// <summary>The topics that somebody subscribes to. They lead from one to another, and never in a circle.</summary>
sealed class Topics
{
    readonly IReadOnlyList<RunningReactor> reactors;
    readonly Dictionary<string, Topic> topics = [];

    public Topics(IReadOnlyList<RunningReactor> reactors)
    {
        this.reactors = reactors;
        foreach (RunningReactor reactor in reactors)
            if (reactor.Source is { } source) Add(source);
    }

    /// <summary>Null if nobody subscribes to it.</summary>
    public Topic? Of(string name) => topics.GetValueOrDefault(name);

    /// <summary>Refuses a reactor that would be handed what follows from what it publishes.</summary>
    /// <exception cref="ArgumentException">They would lead in a circle.</exception>
    public static void RefuseCycle(IReadOnlyList<RunningReactor> running, RunningReactor added)
    {
        if (added.Source is not { } source) return;
        foreach (string topic in added.Topics)
        {
            if (Path(topic, source, running, []) is not { } path) continue;
            string way = string.Join(", that to ", path.Select(name => $"\"{name}\""));
            throw new ArgumentException(
                $"The reactor \"{added.Name}\" would be handed what follows from what it publishes: the topic "
                    + $"\"{source}\" leads to {way}. Publish on another topic, or subscribe to another.", nameof(added));
        }
    }

    // A topic is as high as what its publishers are fed by, and one more.
    int Add(string name)
    {
        if (topics.TryGetValue(name, out Topic? known)) return known.Level;
        int below = reactors.Where(reactor => reactor.Topics.Contains(name))
            .Select(reactor => reactor.Source is { } source ? Add(source) : 0).DefaultIfEmpty().Max();
        topics.Add(name, new Topic(below + 1, [.. reactors.Where(reactor => reactor.Source == name).Select(reactor => reactor.Entry)]));
        return below + 1;
    }

    /// <summary>The topics on the way from one to another, both included; null if none leads there.</summary>
    static IEnumerable<string>? Path(string from, string to, IReadOnlyList<RunningReactor> reactors, HashSet<string> seen)
    {
        if (from == to) return [to];
        if (!seen.Add(from)) return null;
        return reactors.Where(reactor => reactor.Source == from).SelectMany(reactor => reactor.Topics)
            .Select(next => Path(next, to, reactors, seen)).FirstOrDefault(path => path is not null)?.Prepend(from);
    }
}
