using Godot.Alerting;
using Godot.Events;
using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>
/// Cuts a recipe into segments. A new one begins where the scope changes, and where a stage that may change host or service is followed
/// by one that looks at each series. Stages that look at no other event stay wherever they are.
/// </summary>
sealed class Compiler(RunningReactor reactor, Func<int> nextId, OutputQueues outputs, AlertDesk alerts, ITap? tap)
{
    /// <summary>
    /// What verbs stand in: their own scope, a tuple of fields, or everything; how many keys it may have; and where the events go that they
    /// lose.
    /// </summary>
    sealed record Surroundings(Sharding? Sharding, Field[] Fields, object? Owner = null, ExitNode? Failed = null, int? MaxKeys = null,
        TimeSpan? ForgetAfter = null)
    {
        /// <summary>True if its keys are other than those of the verbs around it, though the fields be the same.</summary>
        public bool HasItsOwnKeys => MaxKeys is not null || ForgetAfter is not null;
    }

    /// <summary>A segment while it is being made.</summary>
    sealed class Draft(Segment segment)
    {
        public Segment Segment => segment;

        /// <summary>Whose scope decided the sharding; null as long as no stage has needed one.</summary>
        public object? Scope;

        /// <summary>An opaque stage came before: the events may be other ones than came in.</summary>
        public bool Moved;
    }

    // Behind an alert: who is told.
    List<Audience>? audiences;

    static readonly Surroundings Outermost = new(null, []);
    static readonly object EachSeries = new(), Everything = new();

    /// <summary>Series that stages want to be told of before the first event.</summary>
    public List<(Segment Segment, string Step, string Host, string Service)> Expected { get; } = [];

    public void Compile(Recipe recipe)
    {
        List<PlacedStep> steps = [.. PlacedStep.Of(recipe)];
        reactor.Steps = [.. PlacedStep.Flat(steps)];
        if (steps is [{ Step: SubscribeStep subscribe }, ..])
        {
            reactor.Source = subscribe.Topic;
            steps.RemoveAt(0);
        }
        Draft entry = NewSegment(isEntry: reactor.Source is null);
        List<Gate> gates = [];
        // Only leading filters can be asked before the event is looked at: behind anything else, host and service may be other ones.
        while (entry.Segment.IsEntry && steps is [{ Step: FilterStep { Filter: var filter } } step, ..] && filter.OnSeries)
        {
            gates.Add(new Gate(step.Id, filter));
            steps.RemoveAt(0);
        }
        entry.Segment.Gates = gates;
        entry.Segment.Head =
            Chain(steps, 0, Outermost, entry, _ => tap is null ? null : new ExitNode(new TapTarget(nextId(), reactor.Name, tap)));
    }

    Draft NewSegment(bool isEntry = false)
    {
        Segment segment = new(nextId(), reactor, isEntry);
        reactor.Segments.Add(segment);
        return new Draft(segment);
    }

    /// <summary>The nodes of the steps from <paramref name="at"/> on, and of what comes after them.</summary>
    Node? Chain(IReadOnlyList<PlacedStep> steps, int at, Surroundings around, Draft draft, Func<Draft, Node?> after)
    {
        if (at == steps.Count) return after(draft);
        PlacedStep place = steps[at];
        switch (place.Step)
        {
            case FilterStep { Filter: var filter }:
                return new StageNode(place, "", () => new FilterStage(filter), Rest(draft)) { Failed = around.Failed };

            case StageStep step:
                return Stage(place, step, around, draft, Rest);

            case ScopeStep step:
                Surroundings inside = step.Fields is { } fields
                    ? new(Sharding.Tuple, [.. around.Fields, .. fields], new object(), around.Failed, step.MaxKeys,
                        step.ForgetAfter ?? around.ForgetAfter)
                    : new(Sharding.One, [], Everything, around.Failed);
                return Chain(place.Inners[0], 0, inside, draft, Rest);

            case InnerStep:
                return Chain(place.Inners[0], 0, around, draft, Rest);

            case AroundStep:
                List<Node> branches = [];
                foreach (IReadOnlyList<PlacedStep> branch in place.Inners)
                    if (Chain(branch, 0, around, draft, _ => null) is { } node) branches.Add(node);
                return new ForkNode(place, branches, Rest(draft));

            case SplitStep step:
                return Split(place, step, around, draft, Rest);

            case ExceptionStep:
                ExitNode failed = new();
                Node? inner = Chain(place.Inners[0], 0, around with { Failed = failed }, draft, Rest);
                failed.Target = Beside(next => Chain(place.Inners[1], 0, around, next, _ => null));
                return inner;

            case PublishStep step:
                reactor.Topics.Add(step.Topic);
                Publication publication = new(nextId(), reactor.Name, step.Topic);
                return new ForkNode(place, [new ExitNode(publication)], Rest(draft));

            case SubscribeStep step:
                throw new ArgumentException(
                    $"{step} stands within a reactor, and what it is handed has nowhere to come in; make it the first verb of a reactor of "
                        + $"its own.");

            case AlertStep step:
                audiences = [];
                Rest(draft);
                return Alert(place, step, around, draft);

            // Behind an alert they are no verbs: they say who is told.
            case NotifyStep { Audience: var audience }:
                audiences!.Add(audience);
                return Rest(draft);

            case OutputStep step when audiences is not null:
                audiences.Add(new Audience(Policy.Of(step), null));
                return Rest(draft);

            case OutputStep step:
                WayOut way = WayTo(step.Output, place.Id, KeyIn(around, draft));
                return new ForkNode(place, [new ExitNode(step.Output.TellsPeople ? new HushableWay(way, alerts) : way)], Rest(draft));

            case var unknown:
                throw new NotSupportedException(unknown.Text);
        }

        Node? Rest(Draft next) => Chain(steps, at + 1, around, next, after);
    }

    /// <summary>What the branches emit comes together in a segment of its own, whatever segments they end in.</summary>
    SplitNode Split(PlacedStep place, SplitStep step, Surroundings around, Draft draft, Func<Draft, Node?> next)
    {
        List<ExitNode> ends = [];
        List<(Filter?, Node?)> branches = [];
        foreach ((Branch branch, IReadOnlyList<PlacedStep> inner) in step.Branches.Zip(place.Inners))
            branches.Add((branch.Filter, Chain(inner, 0, around, draft, branch.Inner is BatchReactor ? _ => null : End)));
        Segment together = Beside(next);
        foreach (ExitNode end in ends) end.Target = together;
        return new SplitNode(place, branches) { Failed = around.Failed };

        ExitNode End(Draft _)
        {
            ends.Add(new ExitNode());
            return ends[^1];
        }
    }

    /// <summary>A new segment, numbered after all that were made so far.</summary>
    Segment Beside(Func<Draft, Node?> chain)
    {
        Draft draft = NewSegment();
        draft.Segment.Head = chain(draft);
        // Nothing in it looks at a key.
        if (draft.Scope is null) draft.Segment.Sharding = Sharding.One;
        return draft.Segment;
    }

    // Where no verb has looked at several events together, each is of its series.
    static Field[] KeyIn(Surroundings around, Draft draft) =>
        around.Sharding is not null ? around.Fields : draft.Scope == Everything ? [] : [Field.Host, Field.Service];

    WayOut WayTo(OutputRecipe output, string step, Field[] key)
    {
        if (tap?.InPlaceOf(output) is { } instead) return new TapTarget(nextId(), reactor.Name, instead);
        OutputQueue[] queues = outputs.Of(output);
        reactor.Outputs.UnionWith(queues);
        return new Sink(nextId(), reactor.Name, step, [.. key.Where(field => field.Function is null)], queues, outputs.Numbers);
    }

    Node Alert(PlacedStep place, AlertStep step, Surroundings around, Draft draft)
    {
        foreach (Audience audience in audiences!) reactor.Outputs.UnionWith(alerts.Open(audience.Policy, outputs, tap));
        (_, Sharding sharding) = ScopeOf(Scope.Series, around);
        Field[] fields = sharding switch { Sharding.One => [], Sharding.Tuple => around.Fields, _ => [Field.Host, Field.Service] };
        AlertPort port = alerts.NewPort(reactor.Name, place.Id, step.Rule, audiences!, fields, bySeries: sharding == Sharding.Series);
        StageStep stage = new(step.Text, Scope.Series, () => new AlertStage(step.Rule, port)) { Expecting = step.Expecting };
        return Stage(place, stage, around, draft, last =>
        {
            reactor.Alert = (port, last.Segment);
            return null;
        });
    }

    Node Stage(PlacedStep place, StageStep step, Surroundings around, Draft draft, Func<Draft, Node?> next)
    {
        Draft here = step.Scope == Scope.Event ? draft : Enter(step.Scope, around, draft);
        foreach ((string host, string service) in step.Expecting) Expected.Add((here.Segment, place.Id, host, service));
        bool moved = here.Moved;
        here.Moved |= step.Opaque;
        string text = step.Scope == Scope.Event ? "" : step.Text;
        StageNode node = new(place, text, step.Make, next(here)) { Failed = around.Failed, Moved = moved };
        if (here == draft) return node;
        here.Segment.Head = node;
        return new ExitNode(here.Segment);
    }

    /// <summary>
    /// The segment in which a stage of this scope can run: this one, if it fits or has no scope yet, otherwise a new one.
    /// </summary>
    Draft Enter(Scope scope, Surroundings around, Draft draft)
    {
        (object owner, Sharding sharding) = ScopeOf(scope, around);
        if (!Fits(draft, owner, sharding)) draft = NewSegment();
        draft.Scope = owner;
        draft.Segment.Sharding = sharding;
        draft.Segment.Fields = around.Fields;
        draft.Segment.MaxKeys = around.MaxKeys;
        draft.Segment.ForgetAfter = around.ForgetAfter;
        return draft;
    }

    static (object Owner, Sharding Sharding) ScopeOf(Scope scope, Surroundings around) => around.Sharding switch
    {
        Sharding.Tuple => (around.Owner!, IsSeries(around.Fields) && !around.HasItsOwnKeys ? Sharding.Series : Sharding.Tuple),
        Sharding.One => (Everything, Sharding.One),
        _ => scope == Scope.All ? (Everything, Sharding.One) : (EachSeries, Sharding.Series),
    };

    static bool Fits(Draft draft, object owner, Sharding sharding)
    {
        // Until an opaque stage came, a By of host and service and the verbs around it see the same series.
        bool same = draft.Scope is null || ReferenceEquals(draft.Scope, owner)
            || (sharding == Sharding.Series && draft.Segment.Sharding == Sharding.Series && !draft.Moved);
        // Behind one, each series is another; a By keeps the tuple that an event came in with.
        bool moved = draft.Moved && sharding != Sharding.One && (draft.Scope is null || ReferenceEquals(owner, EachSeries));
        return same && !moved;
    }

    // Host and service name a series: nothing else need be looked up.
    static bool IsSeries(Field[] fields) =>
        fields.Aggregate(FieldSet.None, (parts, field) => parts | field.Part) == FieldSet.Series;
}
