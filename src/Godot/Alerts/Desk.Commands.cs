namespace Godot.Alerting;

/// <summary>What people tell the desk. Each command has an id: one that comes twice does nothing the second time.</summary>
sealed partial class Desk
{
    // For how long a command that comes again is known, and how many are.
    static readonly TimeSpan CommandsKept = TimeSpan.FromDays(7);
    const int MostCommands = 10_000;

    /// <summary>Does what somebody says.</summary>
    public Done Do(Command command, DateTimeOffset now)
    {
        List<Case>? done = null;
        bool isNew = false;
        Do(() =>
        {
            isNew = IsNew(command.Id);
            if (isNew) done = CarryOut(command, now);
        });
        return new Done(done is null ? null : [.. done.Select(one => one.At(clock.Now))], IsRepeated: !isNew);
    }

    /// <summary>The silences, that which ends first in front, each with the open incidents that it hushes now.</summary>
    public IReadOnlyList<(Silence Silence, IReadOnlyList<Incident> Hushed)> Hushing()
    {
        lock (gate)
        {
            clock.Read();
            return [.. silences.All.OrderBy(silence => silence.Until)
                .Select(silence => (silence, (IReadOnlyList<Incident>)[.. HushedBy(silence).Select(one => one.At(clock.Now))]))];
        }
    }

    /// <summary>The open incidents that a silence would hush now. Its query is asked while the desk goes on.</summary>
    public IReadOnlyList<Incident> HushedBy(Query query, CancellationToken stop)
    {
        (Incident Incident, Event Described)[] asked;
        lock (gate)
        {
            clock.Read();
            asked = [.. OldestFirst.Select(one => (one.At(clock.Now), one.Described()))];
        }
        return [.. asked.Where(one =>
        {
            stop.ThrowIfCancellationRequested();
            return Godot.Alerting.Silences.Matches(query, one.Described, out _);
        }).Select(one => one.Incident)];
    }

    List<Case>? CarryOut(Command command, DateTimeOffset now) => command.Service switch
    {
        Command.Acknowledge => OnEach(command.Which, one => Acknowledge(one, new(command.By, command.Note, command.Until))),
        Command.Resolve => OnEach(command.Which, one => Resolve(one, command.By)),
        Command.Silence => Hush(command.ToSilence(now)),
        _ => Unhush(command.Which, command.By),
    };

    // Somebody takes it on: nobody is told of it again, and nobody else, until that ends, or it gets worse.
    void Acknowledge(Case one, Acknowledgement by)
    {
        if (one.Incident.Acknowledged is not null) Stood(one);
        one.Incident = one.Incident with { Acknowledged = by };
        Pause(one, by);
        Note(one, "acknowledged", because: by.Note is null ? by.By : $"{by.By}: {by.Note}");
    }

    // What is bad must hold for long enough once more to open a new one.
    void Resolve(Case one, string by)
    {
        if (one.Port is { } port) afterwards.Add(() => port.Reach(one.Key.Key, static stage => stage.Rearm()));
        End(one, $"by hand: {by}", one.Incident.Latest);
    }

    List<Case> Hush(Silence silence)
    {
        decisions.Silences[silence.Id] = silence;
        Begin(silence);
        Note(null, "silenced", because:
            $"{silence.Query}, {ByAndUntil(silence)}" + (silence.Reason is null ? "" : $": {silence.Reason}"));
        return [.. HushedBy(silence)];
    }

    void Begin(Silence silence)
    {
        silences.Add(silence);
        At(clock.Towards(silence.Until), () => LookAt(silence));
    }

    List<Case>? Unhush(string id, string by)
    {
        if (silences.Find(id) is not { } silence) return null;
        EndSilence(silence, $"by {by}");
        return [];
    }

    List<Case>? OnEach(string which, Action<Case> act)
    {
        List<Case> taken = [.. open.Values.Where(one => one.Incident.Id == which || one.Incident.Reactor == which)];
        foreach (Case one in taken)
        {
            touched.Add(one);
            act(one);
            Look(one);
        }
        return taken.Count == 0 ? null : taken;
    }

    bool IsNew(string command)
    {
        if (!commands.TryAdd(command, clock.Utc)) return false;
        decisions.Commands[command] = clock.Utc;
        foreach ((string old, _) in commands.OrderBy(known => known.Value).TakeWhile((known, i) =>
            known.Value < clock.Utc - CommandsKept || i < commands.Count - MostCommands).ToArray())
        {
            commands.Remove(old);
            decisions.Commands[old] = null;
        }
        return true;
    }

    // Its clocks stand still for as long as somebody has taken it on.
    void Pause(Case one, Acknowledgement by)
    {
        one.PausedSince ??= clock.Now;
        if (by.Until is { } until) At(clock.Towards(until), () => LookAtAcknowledgement(one, by));
    }

    void LookAtAcknowledgement(Case one, Acknowledgement by)
    {
        if (!one.IsOpen || one.Incident.Acknowledged != by) return;
        if (by.Until > clock.Utc) At(clock.Towards(by.Until.Value), () => LookAtAcknowledgement(one, by));
        else EndAcknowledgement(one, $"the time that {by.By} asked for is over");
    }

    void EndAcknowledgement(Case one, string because)
    {
        touched.Add(one);
        Stood(one);
        one.Incident = one.Incident with { Acknowledged = null };
        Note(one, "no longer acknowledged", because: because);
        Look(one);
    }

    void Stood(Case one)
    {
        if (one.PausedSince is not { } since) return;
        foreach (Telling telling in one.Tellings) telling.Stood(clock.Now - since);
        one.PausedSince = null;
    }

    IEnumerable<Case> HushedBy(Silence silence) => open.Values.Where(one => silences.Hushes(silence, one));

    static string ByAndUntil(Silence silence) => $"by {silence.By} until {silence.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    void LookAt(Silence silence)
    {
        if (silences.Find(silence.Id) != silence) return;
        if (silence.Until > clock.Utc) At(clock.Towards(silence.Until), () => LookAt(silence));
        else EndSilence(silence, "its time is over");
    }

    void EndSilence(Silence silence, string because)
    {
        foreach ((_, string reactor, int events) in silences.TakeLeftOut(silence)) NoteLeftOut(silence, reactor, events);
        int burning = HushedBy(silence).Count();
        silences.Remove(silence);
        decisions.Silences[silence.Id] = null;
        string ended = $"{silence.Query}, by {silence.By}: {because}; {burning} of its incidents are open";
        Note(null, "silence ended", because: ended);
        Event e = new()
        {
            Host = Environment.MachineName,
            Service = "godot/silence-ended",
            State = burning > 0 ? "warning" : "ok",
            Metric = burning,
            Time = clock.Utc,
            Description = $"Silence ended: {ended}.",
            Meta = new Dictionary<string, MetaValue> { ["by"] = silence.By, ["silence"] = silence.Id },
        };
        afterwards.Add(() => channels.Say(e));
        LookAtHeld();
    }
}
