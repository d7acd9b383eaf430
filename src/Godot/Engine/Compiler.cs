using System.Globalization;

namespace Godot;

/// <summary>
/// Cuts a recipe into segments. A new one begins where the scope changes, and where a stage that may change host or service is followed
/// by one that looks at each series. Stages that look at no other event stay wherever they are.
/// </summary>
sealed class Compiler(RunningReactor reactor, Func<int> nextId, OutputQueues outputs, ITap? tap)
{
    /// <summary>The scope that verbs stand in: their own, a tuple of fields, or everything.</summary>
    sealed record Surroundings(Sharding? Sharding, Field[] Fields);

    /// <summary>A segment while it is being made.</summary>
    sealed class Draft(Segment segment)
    {
        public Segment Segment => segment;

        /// <summary>Whose scope decided the sharding; null as long as no stage has needed one.</summary>
        public object? Scope;

        /// <summary>An opaque stage came before: the events may be other ones than came in.</summary>
        public bool Moved;
    }

    static readonly Surroundings Outermost = new(null, []);
    static readonly object EachSeries = new(), Everything = new();

    int verbs;

    /// <summary>Series that stages want to be told of before the first event.</summary>
    public List<(Segment Segment, string Label, string Host, string Service)> Expected { get; } = [];

    public void Compile(Recipe recipe)
    {
        List<Step> steps = [.. recipe.Steps()];
        Draft entry = NewSegment(isEntry: true);
        List<Gate> gates = [];
        // Only leading filters can be asked before the event is looked at: behind anything else, host and service may be other ones.
        while (steps is [FilterStep { Filter: var filter } step, ..] && filter.OnSeries)
        {
            gates.Add(new Gate(Label(step), filter));
            steps.RemoveAt(0);
        }
        entry.Segment.Gates = gates;
        entry.Segment.Head = Chain(steps, 0, Outermost, entry, _ => tap is null ? null : new ExitNode(new TapTarget(nextId(), reactor.Name, tap)));
    }

    Draft NewSegment(bool isEntry = false)
    {
        Segment segment = new(nextId(), reactor, isEntry);
        reactor.Segments.Add(segment);
        return new Draft(segment);
    }

    /// <summary>The nodes of the steps from <paramref name="at"/> on, and of what comes after them.</summary>
    Node? Chain(IReadOnlyList<Step> steps, int at, Surroundings around, Draft draft, Func<Draft, Node?> after)
    {
        if (at == steps.Count) return after(draft);
        switch (steps[at])
        {
            case FilterStep { Filter: var filter } step:
                string label = Label(step);
                return new StageNode(label, () => new FilterStage(filter), Chain(steps, at + 1, around, draft, after));

            case StageStep step:
                return Stage(step, around, draft, next => Chain(steps, at + 1, around, next, after));

            case ScopeStep step:
                Surroundings inside = step.Fields is { } fields
                    ? new(Sharding.Tuple, [.. around.Fields, .. fields])
                    : new(Sharding.One, []);
                return Chain(step.Inner.Steps(), 0, inside, draft, next => Chain(steps, at + 1, around, next, after));

            case AroundStep step:
                string beside = Label(step);
                List<Node> branches = [];
                foreach (Recipe branch in step.Branches)
                    if (Chain(branch.Steps(), 0, around, draft, _ => null) is { } node) branches.Add(node);
                return new ForkNode(beside, branches, Chain(steps, at + 1, around, draft, after));

            case OutputStep step:
                WayOut way = WayTo(step.Output);
                return new ForkNode(Label(step), [new ExitNode(way)], Chain(steps, at + 1, around, draft, after));

            case var unknown:
                throw new NotSupportedException(unknown.Text);
        }
    }

    WayOut WayTo(OutputRecipe output)
    {
        if (tap?.InPlaceOf(output) is { } instead) return new TapTarget(nextId(), reactor.Name, instead);
        OutputQueue queue = outputs.Of(output);
        reactor.Outputs.Add(queue);
        return new Sink(nextId(), reactor.Name, queue);
    }

    Node Stage(StageStep step, Surroundings around, Draft draft, Func<Draft, Node?> next)
    {
        string label = Label(step);
        Draft here = step.Scope == Scope.Event ? draft : Enter(step.Scope, around, draft);
        foreach ((string host, string service) in step.Expecting) Expected.Add((here.Segment, label, host, service));
        here.Moved |= step.Opaque;
        StageNode node = new(label, step.Make, next(here));
        if (here == draft) return node;
        here.Segment.Head = node;
        return new ExitNode(here.Segment);
    }

    /// <summary>The segment in which a stage of this scope can run: this one, if it fits or has no scope yet, otherwise a new one.</summary>
    Draft Enter(Scope scope, Surroundings around, Draft draft)
    {
        (object owner, Sharding sharding) = around.Sharding switch
        {
            Sharding.Tuple => (around, IsSeries(around.Fields) ? Sharding.Series : Sharding.Tuple),
            Sharding.One => (Everything, Sharding.One),
            _ => scope == Scope.All ? (Everything, Sharding.One) : (EachSeries, Sharding.Series),
        };
        if (!Fits(draft, owner, sharding)) draft = NewSegment();
        draft.Scope = owner;
        draft.Segment.Sharding = sharding;
        draft.Segment.Fields = around.Fields;
        return draft;
    }

    static bool Fits(Draft draft, object owner, Sharding sharding)
    {
        // Until an opaque stage came, a By of host and service and the verbs around it see the same series.
        bool same = draft.Scope is null || ReferenceEquals(draft.Scope, owner) || (sharding == Sharding.Series && draft.Segment.Sharding == Sharding.Series && !draft.Moved);
        // Behind one, each series is another; a By keeps the tuple that an event came in with.
        bool moved = draft.Moved && sharding != Sharding.One && (draft.Scope is null || ReferenceEquals(owner, EachSeries));
        return same && !moved;
    }

    // Host and service name a series: nothing else need be looked up.
    static bool IsSeries(Field[] fields) =>
        fields.Aggregate(Parts.None, (parts, field) => parts | field.Part) == Parts.Series;

    string Label(Step step)
    {
        int end = step.Text.IndexOf('(', StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{++verbs}.{(end < 0 ? step.Text : step.Text[..end]).ToLowerInvariant()}");
    }
}
