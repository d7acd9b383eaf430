using Godot.Events;

namespace Godot.Runtime;

/// <summary>
/// The reactors that run, and which of them can be meant by a host and a service. Never changed: adding and removing make a new one.
/// </summary>
sealed class Plan(IReadOnlyList<RunningReactor> reactors)
{
    public static readonly Plan Empty = new([]);

    // Worked out with the first event, not with every reactor that is added.
    Index? index;
    Topics? topics;

    public IReadOnlyList<RunningReactor> Reactors { get; } = reactors;

    /// <summary>
    /// The first segments of the reactors that may let this series through, in the order in which they were added. A reactor whose filters
    /// name one service, or one host, is not among those of any other: a thousand of them cost a series no more than its own.
    /// </summary>
    public IEnumerable<Segment> CandidatesOf(string? host, string? service) => (index ??= new Index(Reactors)).Of(host, service);

    /// <summary>A topic that somebody subscribes to; null if nobody does.</summary>
    public Topic? TopicOf(string name) => (topics ??= new Topics(Reactors)).Of(name);

    /// <summary>The reactors, publishers before those that subscribe to them.</summary>
    public IEnumerable<RunningReactor> Downstream() =>
        Reactors.OrderBy(reactor => reactor.Source is { } source ? TopicOf(source)!.Level : 0);

    sealed class Index
    {
        readonly Dictionary<string, List<Segment>> byHost = [], byService = [];
        readonly List<Segment> others = [];

        public Index(IReadOnlyList<RunningReactor> reactors)
        {
            foreach (RunningReactor reactor in reactors)
                if (reactor.Source is null) ListOf(reactor.Entry).Add(reactor.Entry);
        }

        public IEnumerable<Segment> Of(string? host, string? service)
        {
            List<Segment>? hosts = host is null ? null : byHost.GetValueOrDefault(host), services = service is null ? null
                : byService.GetValueOrDefault(service);
            if (hosts is null && services is null) return others;
            return others.Concat(hosts ?? []).Concat(services ?? []).Order();
        }

        List<Segment> ListOf(Segment entry)
        {
            foreach (Gate gate in entry.Gates)
            {
                if (gate.Filter.Only is not (var part, var text)) continue;
                Dictionary<string, List<Segment>> lists = part == FieldSet.Host ? byHost : byService;
                return lists.TryGetValue(text, out List<Segment>? list) ? list : lists[text] = [];
            }
            return others;
        }
    }
}
