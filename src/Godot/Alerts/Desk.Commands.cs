namespace Godot.Alerting;

/// <summary>What people tell the desk. Each command has an id: one that comes twice does nothing the second time.</summary>
sealed partial class Desk
{
    /// <summary>Somebody takes incidents on: nobody is told of them again, and nobody else, until that ends, or they get worse.</summary>
    /// <param name="command">Tells it from other commands.</param>
    /// <param name="which">An incident's id, or a reactor's name for all of its.</param>
    /// <returns>Those that they took on.</returns>
    public IReadOnlyList<Incident> Acknowledge(string command, string which, Acknowledgement by) => OnEach(command, which, one =>
    {
        if (one.Incident.Acknowledged is not null) Stood(one);
        one.Incident = one.Incident with { Acknowledged = by };
        Pause(one, by);
        Note(one, "acknowledged", because: by.Note is null ? by.By : $"{by.By}: {by.Note}");
    });

    /// <summary>Somebody ends incidents; what is bad must hold for long enough once more to open a new one.</summary>
    /// <inheritdoc cref="Acknowledge"/>
    public IReadOnlyList<Incident> Resolve(string command, string which, string by) => OnEach(command, which, one =>
    {
        if (one.Port is { } port) afterwards.Add(() => port.Reach(one.Key.Key, static stage => stage.Rearm()));
        End(one, $"by hand: {by}", one.Incident.Latest);
    });

    /// <summary>Notices of incidents that a query asks for are held back for a time.</summary>
    /// <returns>The open incidents that it hushes now.</returns>
    public IReadOnlyList<Incident> Hush(string command, Silence silence)
    {
        Case[] hushed = [];
        Do(() =>
        {
            if (!IsNew(command)) return;
            silences[silence.Id] = silence;
            decisions.Silences[silence.Id] = silence;
            At(clock.Towards(silence.Until), () => LookAt(silence));
            Note(null, "silenced", because:
                $"{silence.Query}, by {silence.By} until {silence.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
                + (silence.Reason is null ? "" : $": {silence.Reason}"));
            hushed = [.. open.Values.Where(one => silence.Query.Matches(one.Described()))];
        });
        return [.. hushed.Select(one => one.Incident)];
    }

    /// <summary>A silence ends before its time. False if there is none of this id.</summary>
    public bool Unhush(string command, string id, string by)
    {
        bool found = false;
        Do(() =>
        {
            if (IsNew(command) && silences.TryGetValue(id, out Silence? silence)) EndSilence(silence, $"by {by}");
            else return;
            found = true;
        });
        return found;
    }

    IReadOnlyList<Incident> OnEach(string command, string which, Action<Case> act)
    {
        List<Case> taken = [];
        Do(() =>
        {
            if (!IsNew(command)) return;
            taken.AddRange(open.Values.Where(one => one.Incident.Id == which || one.Incident.Reactor == which));
            foreach (Case one in taken)
            {
                touched.Add(one);
                act(one);
                Look(one);
            }
        });
        return [.. taken.Select(one => one.Incident)];
    }

    bool IsNew(string command)
    {
        if (!commands.Add(command)) return false;
        decisions.Commands.Add(command);
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

    Silence? SilenceOf(Case one)
    {
        if (silences.Count == 0) return null;
        Event described = one.Described();
        return silences.Values.Where(silence => silence.Until > clock.Utc && silence.Query.Matches(described))
            .MaxBy(silence => silence.Until);
    }

    void LookAt(Silence silence)
    {
        if (!silences.TryGetValue(silence.Id, out Silence? known) || known != silence) return;
        if (silence.Until > clock.Utc) At(clock.Towards(silence.Until), () => LookAt(silence));
        else EndSilence(silence, "its time is over");
    }

    void EndSilence(Silence silence, string because)
    {
        silences.Remove(silence.Id);
        decisions.Silences[silence.Id] = null;
        int burning = open.Values.Count(one => silence.Query.Matches(one.Described()));
        Note(null, "silence ended", because: $"{silence.Query}, by {silence.By}: {because}; {burning} of its incidents are open");
        LookAtHeld();
    }
}
