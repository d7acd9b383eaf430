using Godot.Alerting;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>Asks all that may know of one series, lane after lane; the way of events costs it nothing.</summary>
sealed class Inquiry(Engine engine, string? host, string? service)
{
    // A lane that a hanging reactor holds for longer is not waited for.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const int MostLines = 100, MostEarlier = 20;

    readonly Intake pass = engine.OpenIntake();
    readonly Event series = new() { Host = host, Service = service };
    readonly DateTimeOffset now = engine.TimeProvider.GetUtcNow();
    readonly List<NextMoment> next = [];

    /// <exception cref="TimeoutException">A reactor has kept its lane for too long.</exception>
    public Explanation Run()
    {
        Plan plan = engine.Plan;
        Dictionary<RunningReactor, StepExplanation> stopped = [];
        HashSet<string> topics = [];
        foreach (RunningReactor reactor in plan.Downstream())
        {
            if (StopIn(reactor, topics) is { } stop) stopped.Add(reactor, stop);
            else topics.UnionWith(reactor.Topics);
        }
        RunningReactor[] reached = [.. plan.Reactors.Where(reactor => !stopped.ContainsKey(reactor))];
        ReactorExplanation[] reactors = [.. reached.Select(Explain)];
        IncidentExplanation[] incidents = [.. engine.Alerts.Desk.Why(incident => IsOf(incident, reached))
            .Select(one => one with { Ledger = engine.Ledger(new() { Incident = one.Incident.Id, Limit = MostLines }) })];
        IReadOnlyList<LedgerLine> earlier = Earlier(reached, incidents);
        next.AddRange(incidents.Select(one => one.Next).OfType<NextMoment>());
        return new Explanation(host, service, now)
        {
            Reactors = reactors,
            Others = [.. plan.Reactors.Where(stopped.ContainsKey)
                .Select(reactor => new ReactorExplanation(reactor.Name) { StoppedBy = stopped[reactor] })],
            Incidents = incidents,
            Earlier = earlier,
            Next = next.MinBy(one => one.At),
            NobodyTold = Reason(reached, reactors, incidents, earlier),
        };
    }

    // As the router does, but nothing is counted.
    StepExplanation? StopIn(RunningReactor reactor, HashSet<string> topics)
    {
        if (reactor.Source is { } topic)
            return topics.Contains(topic) ? null : new("subscribe", reactor.Steps[0].Step.Text, "hears of nothing that it reaches");
        foreach (Gate gate in reactor.Entry.Gates)
        {
            string? stops;
            try
            {
                stops = gate.Filter.Passes(host, service) ? null : "stops it";
            }
            catch (Exception thrown)
            {
                stops = $"throws: {Thrown.MessageOf(thrown)}";
            }
            if (stops is not null) return new(gate.Id, reactor.Steps.First(place => place.Id == gate.Id).Step.Text, stops);
        }
        return null;
    }

    ReactorExplanation Explain(RunningReactor reactor)
    {
        Dictionary<string, string?> holds = reactor.Entry.Gates.ToDictionary(gate => gate.Id, _ => (string?)"lets it through");
        // Of leading filters only failures are counted.
        Dictionary<string, long> handled = reactor.Counts().Where(count => !holds.ContainsKey(count.Stage))
            .ToDictionary(count => count.Stage, count => count.Events);
        foreach (Segment segment in reactor.Segments) Ask(segment, holds);
        return new(reactor.Name)
        {
            Steps = [.. reactor.Steps.Select(place => new StepExplanation(place.Id, place.Step.Text, holds.GetValueOrDefault(place.Id),
                handled.TryGetValue(place.Id, out long count) ? count : null))],
        };
    }

    void Ask(Segment segment, Dictionary<string, string?> holds)
    {
        bool found = false;
        if (!IsNamed(segment))
        {
            Say($"its keys are by {string.Join(", ", (IEnumerable<Field>)segment.Fields)}: host and service do not say which");
            return;
        }
        if (!pass.TryFindKey(segment, series, Patience, (shard, key) =>
        {
            found = true;
            foreach ((string step, string? held, long? dueIn) in shard.Describe(key))
            {
                holds[step] = held;
                if (dueIn is { } left)
                    next.Add(new NextMoment(now + new TimeSpan(Math.Max(0, left)), $"{segment.Reactor}: {step}"));
            }
        }))
            throw new TimeoutException(
                $"A reactor has kept its lane for {Patience.TotalSeconds} seconds; nobody can look into it meanwhile.");
        if (!found) Say(InWords.NotCome);

        void Say(string text)
        {
            foreach (Stage stage in segment.Shards[0].Stages)
                if (stage.Slot.Id.Length > 0 && !stage.KeepsNothing) holds[stage.Slot.Id] = text;
        }
    }

    // Whether host and service say which key is meant.
    static bool IsNamed(Segment segment) =>
        segment.Sharding != Sharding.Tuple || Array.TrueForAll(segment.Fields, IsName);

    static bool IsName(Field field) => field.Function is null && field.Part is FieldSet.Host or FieldSet.Service;

    bool IsOf(Incident incident, RunningReactor[] reached)
    {
        bool opened = incident.Opening.Host == host && incident.Opening.Service == service;
        return (opened || Array.Exists(reached, reactor => reactor.Name == incident.Reactor)) && incident.Key.All(part => part.Key switch
        {
            "host" => part.Value == (host ?? ""),
            "service" => part.Value == (service ?? ""),
            _ => opened,
        });
    }

    // Of incidents that are over: the ledger knows them by name.
    IReadOnlyList<LedgerLine> Earlier(RunningReactor[] reached, IncidentExplanation[] incidents)
    {
        HashSet<(string Reactor, string Name)> names = [];
        foreach (RunningReactor reactor in reached)
        {
            if (reactor.Alert is not ({ } port, _) || !port.Fields.All(IsName)) continue;
            names.Add((reactor.Name, Incident.NameOf(reactor.Name, [.. port.Fields.Select(field =>
                KeyValuePair.Create(field.Name, (field.Part == FieldSet.Host ? host : service) ?? ""))])));
        }
        HashSet<string> open = [.. incidents.Select(one => one.Incident.Id)];
        return [.. names.SelectMany(its => engine.Ledger(new LedgerQuery
        {
            Reactor = its.Reactor, Name = its.Name, Except = open, Limit = MostEarlier,
        })).OrderBy(line => line.Time).TakeLast(MostEarlier)];
    }

    // The first that is there, from what is nearest to somebody's ear.
    static string? Reason(RunningReactor[] reached, ReactorExplanation[] reactors, IncidentExplanation[] incidents,
        IReadOnlyList<LedgerLine> earlier)
    {
        if (incidents.Length > 0)
            return incidents.Any(one => one.NotTold is null) ? null : $"{incidents[0].Incident.Reactor}: {incidents[0].NotTold}";
        if (reached.Length == 0) return "no reactor lets it through";
        List<(string Reactor, string Holds)> alerts = [];
        foreach ((RunningReactor running, ReactorExplanation reactor) in reached.Zip(reactors))
            if (running.Alert is ({ } port, _)) alerts.Add((reactor.Name, reactor.Steps.First(step => step.Id == port.Step).Holds ?? ""));
        if (alerts.Count == 0)
            return reached.Any(reactor => reactor.Steps.Any(place => place.Step is OutputStep)) ? null
                : "no reactor that it reaches has an alert or an output";
        if (alerts.Find(alert => alert.Holds is not ("well" or InWords.NotCome)) is { Reactor: not null } onTheWay)
            return $"{onTheWay.Reactor}: {onTheWay.Holds}";
        if (earlier.LastOrDefault(line => line.Channel is not null) is { What: "not told" } last) return $"{last.Reactor}: {last.Because}";
        return $"{alerts[0].Reactor}: {(alerts.Exists(alert => alert.Holds == "well") ? "well" : InWords.NotCome)}";
    }
}
