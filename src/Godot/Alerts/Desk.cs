using System.Globalization;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>
/// Where what alerts say of their keys becomes incidents, and what people hear of them is decided: one turn after the other, each kept in
/// the store before anything of it is sent. Every decision, also one not to tell, is a line of the ledger.
/// </summary>
/// <remarks>All members may be called from any thread. None waits for a lane while another turn does not.</remarks>
sealed partial class Desk
{
    // For how long after a start, or after its reactor was removed, an incident waits for its rule.
    static readonly TimeSpan RuleGoneAfter = TimeSpan.FromMinutes(1);

    // For how long after a start overdue steps wait for their key to be heard.
    static readonly TimeSpan HeardWithin = TimeSpan.FromMinutes(1);

    readonly IAlertStore store;
    readonly IChannels channels;
    readonly DeskClock clock;
    readonly bool inPasses;

    readonly Lock gate = new();
    readonly HashSet<AlertPort> ports = [];
    readonly Dictionary<AlertKey, Case> open = [];
    readonly Dictionary<string, Case> ended = [];
    readonly Dictionary<(AlertPort, KeyName), long> numbers = [];
    readonly Dictionary<AlertKey, List<TimeSpan>> openings = [];
    readonly Dictionary<(Policy, string), TellingGroup> groups = [];
    readonly Inhibitions inhibitions = new();
    readonly Silences silences;
    readonly Dictionary<string, DateTimeOffset> commands;
    readonly TimeProvider time;
    readonly Action wake;

    // Taken from the mailbox, and not decided yet.
    readonly Queue<LevelMailbox.Post> posts = [];

    // What is to be looked at: now, some day, or when something ends that holds it back.
    readonly Queue<TellingGroup> dirty = [];
    readonly HashSet<TellingGroup> held = [];
    readonly PriorityQueue<Action, (TimeSpan At, long Order)> due = new();
    long lastDue;

    // The last turn, after which nobody is told anything, but outputs say what they could send.
    bool ending, hasEnded;

    // Of this turn.
    Decisions decisions = new();
    readonly HashSet<Case> touched = [];
    readonly Dictionary<AlertKey, int> episodes = [];
    readonly List<(IChannel Channel, Notification Notification)> sending = [];
    readonly List<Action> afterwards = [];

    /// <summary>Begins with what the store has.</summary>
    /// <param name="wake">Called when a turn is due: on a lane or any other thread, so it must not wait.</param>
    /// <param name="inPasses">A turn comes at the end of every pass.</param>
    public Desk(IAlertStore store, IChannels channels, TimeProvider time, Action wake, bool inPasses)
    {
        (this.store, this.channels, this.inPasses, clock) = (store, channels, inPasses, new DeskClock(time));
        (this.time, this.wake, silences) = (time, wake, new Silences(wake));
        Mailbox = new LevelMailbox(wake, holdsAll: inPasses);
        Kept kept = store.Load();
        commands = new(kept.Commands);
        foreach (KeptIncident incident in kept.Open) Restore(incident);
        foreach (Silence silence in kept.Silences) Begin(silence);
        openingMessages = new(kept.Openings);
        Restore(store.Outbox());
    }

    public LevelMailbox Mailbox { get; }

    /// <summary>How long it is until the next turn is due, not negative; null if none is.</summary>
    public TimeSpan? UntilNext
    {
        get
        {
            lock (gate)
            {
                if (!due.TryPeek(out _, out (TimeSpan At, long) first)) return null;
                clock.Read();
                return first.At > clock.Now ? first.At - clock.Now : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The incidents that are open, oldest first.</summary>
    public IReadOnlyList<Incident> Open
    {
        get
        {
            lock (gate)
            {
                clock.Read();
                return [.. OldestFirst.Select(one => one.At(clock.Now))];
            }
        }
    }

    IEnumerable<Case> OldestFirst => open.Values.OrderBy(one => one.OpenedAt).ThenBy(one => one.Incident.Id, StringComparer.Ordinal);

    /// <summary>The silences that have not ended, that which ends first in front.</summary>
    public IReadOnlyList<Silence> Silences
    {
        get
        {
            lock (gate) return [.. silences.All.OrderBy(silence => silence.Until)];
        }
    }

    /// <summary>Refuses an alert's reactor if its alerts and others would hush each other in a circle.</summary>
    /// <exception cref="ArgumentException">They would.</exception>
    public void Check(string reactor)
    {
        lock (gate) inhibitions.RefuseCircle([.. ports.Select(port => port.Reactor).Append(reactor).Distinct()]);
    }

    /// <summary>An alert runs from now on: takes up the open incidents of its name.</summary>
    public void Add(AlertPort port)
    {
        List<Case> taken = [];
        lock (gate)
        {
            clock.Read();
            ports.Add(port);
            foreach (Case one in open.Values.Concat(ended.Values))
            {
                if (one.Port is not null || one.Incident.Reactor != port.Reactor || one.Incident.Step != port.Step) continue;
                (one.Port, one.GoneAt) = (port, null);
                // One that settles is well: its key goes on as any other.
                if (one.IsOpen && one.Settles is null) taken.Add(one);
                Take(one, port);
            }
        }
        foreach (Case one in taken)
            port.Reach(one.Key.Key, stage => stage.Impose(one.Rank, one.Incident));
    }

    /// <summary>An alert runs no more. Its incidents stay open for a minute, in case one of its name comes after it.</summary>
    public void Remove(AlertPort port)
    {
        lock (gate)
        {
            clock.Read();
            ports.Remove(port);
            foreach (Case one in open.Values.Where(one => one.Port == port)) Orphan(one);
            foreach ((AlertPort Port, KeyName Key) key in numbers.Keys.Where(key => key.Item1 == port).ToArray()) numbers.Remove(key);
        }
    }

    /// <summary>Alerts of some reactors hush those of others.</summary>
    /// <exception cref="ArgumentException">They would do so in a circle.</exception>
    public void Inhibit(Inhibitions.Inhibition inhibition)
    {
        lock (gate)
            inhibitions.Add(inhibition, [.. ports.Select(port => port.Reactor).Distinct()], [.. open.Values, .. ended.Values]);
    }

    /// <summary>Takes what has come, and does what is due.</summary>
    public void Turn() => Do(static () => { });

    /// <summary>The last turn. Without a store that outlives this, what waits for its group is told now, or never.</summary>
    public void End(bool tellAll) => Do(() =>
    {
        ending = tellAll;
        hasEnded = true;
        SayLeftOut();
        if (!tellAll) return;
        foreach (TellingGroup group in groups.Values) Look(group);
    });

    /// <summary>True if somebody may still have to be told over this channel.</summary>
    public bool Uses(IChannel channel)
    {
        lock (gate) return groups.Keys.Any(group => AllOf(group.Item1).Contains(channel));
    }

    IEnumerable<IChannel> AllOf(Policy policy) => policy.All().SelectMany(ChannelsOf);

    // A turn, with a command in it. What follows for the alerts' keys happens when the desk is free: their lanes may be held by those who
    // wait for it.
    void Do(Action command)
    {
        if (gate.IsHeldByCurrentThread)
            throw new InvalidOperationException("A rule's text must not tell the engine anything: it is called while that decides.");
        Action[] then;
        lock (gate)
        {
            clock.Read();
            TakeAll();
            command();
            TakeRefusals();
            if (silences.AnyLeftOut && !saysLeftOut)
            {
                saysLeftOut = true;
                At(clock.Now + LeftOutSaidAfter, SayLeftOut);
            }
            while (due.TryPeek(out _, out (TimeSpan At, long) first) && first.At <= clock.Now) due.Dequeue()();
            Tell();
            Commit();
            then = [.. afterwards];
            afterwards.Clear();
        }
        foreach (Action act in then) act();
    }

    // In tests and replay each event is decided by itself, so that it does not matter what came in one block with it.
    void TakeAll()
    {
        (long, long)? last = null;
        foreach (LevelMailbox.Post post in Mailbox.Take()) posts.Enqueue(post);
        while (posts.TryDequeue(out LevelMailbox.Post? post))
        {
            if (inPasses && last != post.Levels[0].Order) Tell();
            last = post.Levels[0].Order;
            Take(post);
        }
    }

    void Take(LevelMailbox.Post post)
    {
        if (!ports.Contains(post.Port)) return;
        AlertKey key = new(post.Port.Reactor, post.Port.Step, post.Key);
        foreach (Level level in post.Levels)
        {
            // Passes overtake each other behind the lane's lock.
            if (level.Number <= numbers.GetValueOrDefault((post.Port, post.Key))) continue;
            numbers[(post.Port, post.Key)] = level.Number;
            if (!open.TryGetValue(key, out Case? one))
            {
                if (level.Rank > 0) OpenCase(post.Port, key, level);
            }
            else
            {
                Take(one, level);
            }
        }
        if (!open.ContainsKey(key)) ForgetNumbers();
    }

    // A level that was overtaken comes within moments: those of keys that are well need not be known for ever.
    void ForgetNumbers()
    {
        if (numbers.Count < 1000 + 4 * open.Count) return;
        foreach ((AlertPort Port, KeyName Key) known in numbers.Keys.ToArray())
            if (!open.ContainsKey(new AlertKey(known.Port.Reactor, known.Port.Step, known.Key))) numbers.Remove(known);
    }

    void OpenCase(AlertPort port, AlertKey key, Level level)
    {
        // One that began and ended in this turn is not in the store yet. Of a key that the store cannot say, the incident has no number.
        int? last = episodes.TryGetValue(key, out int known) ? known : KeyOf(key)?.Episodes;
        int episode = last + 1 ?? 0;
        if (episode > 0) episodes[key] = episode;
        Incident incident = new()
        {
            Id = episode > 0 ? key.Incident(episode) : key.IncidentAt(clock.Utc, level.Number),
            Reactor = port.Reactor,
            Step = port.Step,
            Key = port.Describe(key.Key),
            Episode = episode,
            Severity = level.Severity,
            OpenedAs = level.Severity,
            Opening = level.Event,
            Latest = level.Event,
            Opened = clock.Utc,
            IsRecovering = level.IsRecovering,
            IsFlapping = IsFlapping(port, key),
            Labels = port.Rule.Labels,
        };
        Case one = new(key, port, incident, level.Rank, clock.Now);
        open.Add(key, one);
        if (storeAgainAt is not null) unknownToStore.Add(incident.Id);
        inhibitions.Opened(one);
        Note(one, $"opened {level.Severity}");
        if (incident.IsFlapping)
            Note(one, "flapping", because: $"opened more than {port.Rule.MostOpenings} times in {Notice.Duration(port.Rule.FlapTime)}");
        Attach(one);
    }

    bool IsFlapping(AlertPort port, AlertKey key)
    {
        if (!openings.TryGetValue(key, out List<TimeSpan>? times))
        {
            openings.Add(key, times = [.. (KeyOf(key) ?? KeptKey.New).Openings.Select(opening => clock.Now - (clock.Utc - opening))]);
            At(clock.Now + port.Rule.FlapTime, () => ForgetOpenings(port, key));
        }
        times.RemoveAll(time => time <= clock.Now - port.Rule.FlapTime);
        times.Add(clock.Now);
        return times.Count > port.Rule.MostOpenings;
    }

    void ForgetOpenings(AlertPort port, AlertKey key)
    {
        if (!openings.TryGetValue(key, out List<TimeSpan>? times)) return;
        times.RemoveAll(time => time <= clock.Now - port.Rule.FlapTime);
        if (times.Count == 0) openings.Remove(key);
        else At(times[0] + port.Rule.FlapTime, () => ForgetOpenings(port, key));
    }

    void Take(Case one, Level level)
    {
        touched.Add(one);
        one.HeardBy = null;
        if (level.Rank == 0)
        {
            if (!one.Incident.IsFlapping)
            {
                End(one, level.Because, level.Event);
                return;
            }
            if (one.Settles is null) SettleAt(one, clock.Now + one.Port!.Rule.FlapTime, level.Because, level.Event);
            return;
        }
        one.Settles = null;
        if (level.IsRecovering != one.Incident.IsRecovering)
        {
            one.Incident = one.Incident with { IsRecovering = level.IsRecovering };
            Note(one, level.IsRecovering ? "recovering" : "bad again");
        }
        if (level.Rank <= one.Rank)
        {
            Look(one);
            return;
        }
        one.Rank = level.Rank;
        one.Incident = one.Incident with { Severity = level.Severity, Latest = level.Event };
        Note(one, $"worse: {level.Severity}");
        if (one.Incident.Acknowledged is { } by) EndAcknowledgement(one, $"it got worse than what {by.By} had acknowledged");
        Attach(one);
        Look(one);
    }

    void SettleAt(Case one, TimeSpan at, string because, Event latest)
    {
        one.Settles = (at, because, latest);
        At(at, () =>
        {
            if (one.Settles is { } settles && settles.At <= clock.Now && one.IsOpen) End(one, settles.Because, settles.Event);
        });
    }

    void End(Case one, string because, Event latest)
    {
        one.Incident = one.At(clock.Now) with { Ended = because, Latest = latest, IsRecovering = false };
        one.Settles = null;
        open.Remove(one.Key);
        silences.Forget(one);
        foreach (Telling telling in one.Tellings)
            if (telling.IsTold) telling.Group.Open--;
        if (inhibitions.Ended(one, clock.Now)) HushOn(one, clock.Now + Inhibitions.Afterwards);
        // An earlier one of this key, of which somebody is yet to be told, goes on by itself.
        if (one.Tellings.Count + one.Restored.Count > 0 || one.HushesUntil is not null) ended[one.Incident.Id] = one;
        touched.Add(one);
        Note(one, $"resolved after {Notice.Duration(one.Incident.Lasted)}", because: because);
        Look(one);
    }

    // It is kept for as long as it hushes others, so that they stay hushed over a restart.
    void HushOn(Case one, TimeSpan until)
    {
        one.HushesUntil = until;
        At(until, () =>
        {
            one.HushesUntil = null;
            touched.Add(one);
            LookAtHeld();
        });
    }

    void Orphan(Case one)
    {
        (one.Port, one.GoneAt) = (null, clock.Now + RuleGoneAfter);
        At(one.GoneAt.Value, () =>
        {
            if (one.GoneAt is not { } gone || gone > clock.Now) return;
            if (one.IsOpen) End(one, "rule removed", one.Incident.Latest);
            LoseRestored(one);
        });
    }

    // Whoever is to hear of it at this severity, and does not yet.
    void Attach(Case one)
    {
        touched.Add(one);
        for (int i = 0; i < one.Port!.Audiences.Count; i++)
            if (one.Port.Audiences[i] is var audience && audience.Takes(one.Incident.Severity)) Attach(one, audience.Policy, Path(i));
    }

    Telling Attach(Case one, Policy policy, string path)
    {
        if (one.Tellings.Find(telling => telling.Path == path) is { } known) return known;
        TellingGroup group = GroupOf(one, policy);
        Telling telling = new(one, policy, path, group);
        one.Tellings.Add(telling);
        group.Members.Add(telling);
        group.Began ??= clock.Now;
        Look(telling);
        return telling;
    }

    TellingGroup GroupOf(Case one, Policy policy)
    {
        string key = policy.GroupBy is { } fields
            ? string.Join('\n', fields.Select(field => FieldValue.Of(one.Incident.Opening, field)).Select(value => $"{value.Kind}{value}"))
            : one.Incident.Id;
        if (!groups.TryGetValue((policy, key), out TellingGroup? group))
            groups.Add((policy, key), group = new TellingGroup(policy, key));
        return group;
    }

    static string Path(int step) => step.ToString(CultureInfo.InvariantCulture);

    void Restore(KeptIncident kept)
    {
        TimeSpan past = clock.Utc - kept.Incident.Opened;
        // Never negative, whatever was done to the calendar.
        if (past < kept.Incident.Lasted) past = kept.Incident.Lasted;
        Acknowledgement? by = kept.Incident.Acknowledged;
        AlertKey key = new(kept.Incident.Reactor, kept.Incident.Step, kept.Key);
        Case one = new(key, null, kept.Incident, kept.Rank, clock.Now - past)
        {
            HeardBy = clock.Now + HeardWithin,
            // One that ended meanwhile has stopped the clocks up to then.
            PausedSince = clock.FromCalendar(kept.PausedSince) + (by?.Until < clock.Utc ? clock.Utc - by.Until.Value : default),
            Restored = kept.Telling,
        };
        if (one.IsOpen)
        {
            open.Add(key, one);
            inhibitions.Opened(one);
            if (by is not null) Pause(one, by);
            if (kept.Settles is { } settles)
            {
                SettleAt(one, clock.AheadFromCalendar(settles.At), settles.Because, settles.Event);
            }
        }
        else
        {
            ended[kept.Incident.Id] = one;
            HushOn(one, one.EndedAt + Inhibitions.Afterwards);
        }
        Orphan(one);
    }

    void Take(Case one, AlertPort port)
    {
        foreach (KeptTelling kept in one.Restored)
        {
            if (PolicyAt(port, kept.Path) is { } policy) Attach(one, policy, kept.Path).Restore(kept, clock);
            else Lose(one, kept);
        }
        one.Restored = [];
        if (one.IsOpen) Attach(one);
        if (one.HeardBy is { } heardBy) At(heardBy, () => Look(one));
        Look(one);
    }

    // Who was told before the start, nobody knows any more.
    void Lose(Case one, KeptTelling kept)
    {
        touched.Add(one);
        if (kept.ToldRank > 0) Note(one, "not told", because: "the rule no longer says who was told of it");
    }

    void LoseRestored(Case one)
    {
        foreach (KeptTelling kept in one.Restored) Lose(one, kept);
        one.Restored = [];
    }

    static Policy? PolicyAt(AlertPort port, string path)
    {
        int[] steps = [.. path.Split('.').Select(step => int.Parse(step, CultureInfo.InvariantCulture))];
        if (steps[0] >= port.Audiences.Count) return null;
        Policy policy = port.Audiences[steps[0]].Policy;
        foreach (int step in steps[1..])
        {
            if (step >= policy.Steps.Count) return null;
            policy = policy.Steps[step].Policy;
        }
        return policy;
    }

    void Look(Case one)
    {
        foreach (Telling telling in one.Tellings) Look(telling);
        Escalate(one);
    }

    void Look(Telling telling)
    {
        telling.Group.Changed.Add(telling);
        LookNow(telling.Group);
    }

    void Look(TellingGroup group)
    {
        group.IsDue = true;
        LookNow(group);
    }

    void LookNow(TellingGroup group)
    {
        if (group.IsDirty) return;
        group.IsDirty = true;
        dirty.Enqueue(group);
    }

    void LookAtHeld()
    {
        inhibitions.Forget(clock.Now);
        foreach (TellingGroup group in held) Look(group);
    }

    // A group, and who is next, are looked at once at a time, however often something asks for it.
    void LookAt(TellingGroup group, TimeSpan when)
    {
        if (group.LooksAt <= when) return;
        group.LooksAt = when;
        At(when, () =>
        {
            if (group.LooksAt == when) group.LooksAt = null;
            Look(group);
        });
    }

    void At(TimeSpan when, Action act) => due.Enqueue(act, (when, ++lastDue));

    void Note(Case? one, string what, string? channel = null, string? because = null) => Note(one?.Incident, what, channel, because);

    void Note(Incident? one, string what, string? channel, string? because) =>
        decisions.Ledger.Add(new LedgerLine(clock.Utc, what)
        {
            Reactor = one?.Reactor,
            Name = one?.Name,
            Incident = one?.Id,
            Channel = channel,
            Because = because,
        });
}
