namespace Godot.Tests;

/// <summary>
/// What alerts say, the plain way: it looks at everything once a second. One rule that goes by the events' states; a policy
/// that groups, groups all.
/// </summary>
sealed class NaiveDesk(IReadOnlyList<(NaiveDesk.Policy Policy, bool CriticalOnly)> audiences)
{
    public sealed record Policy(string Channel, int? Every, (int After, Policy Next)? Step, (int From, int To)? Muted,
        (int Wait, int Interval)? Group = null);

    public sealed class Telling(Policy policy, bool isStep)
    {
        public readonly Policy Policy = policy;
        public readonly bool IsStep = isStep;
        public int ToldRank, FirstTold, LastTold;
        public bool HasStepped;
    }

    sealed class Group
    {
        public readonly List<(Incident Incident, Telling Telling)> Members = [];
        public int Began;
        public int? Told;
    }

    public sealed class Incident(string host, int episode, int opened)
    {
        public readonly string Host = host;
        public readonly int Episode = episode, Opened = opened;
        public readonly List<Telling> Tellings = [];
        public int Rank, HeardBy;
        public int? Ended;
        public bool IsAcknowledged;
        public int AcknowledgedSince, AcknowledgedUntil;
    }

    readonly List<Incident> open = [];

    // By policy, and incident if it does not group.
    readonly Dictionary<(Policy, Incident?), Group> groups = [];
    readonly List<(string Host, int Until)> silences = [];
    readonly Dictionary<string, int> episodes = [];

    public int Now { get; private set; }

    /// <summary>When, to whom, what, of which incident.</summary>
    public List<string> Told { get; } = [];

    public List<string> Ledger { get; } = [];

    public void Given(string host, int rank)
    {
        Incident? one = open.Find(incident => incident.Host == host);
        if (rank == 0 && one is null) return;
        if (rank == 0)
        {
            End(one!);
            Look();
            return;
        }
        if (one is null)
        {
            episodes[host] = episodes.GetValueOrDefault(host) + 1;
            open.Add(one = new Incident(host, episodes[host], Now));
            Note(one, "opened");
        }
        else if (rank > one.Rank)
        {
            Note(one, "worse");
            if (one.IsAcknowledged) EndAcknowledgement(one, Now);
        }
        one.Rank = Math.Max(one.Rank, rank);
        one.HeardBy = 0;
        Look();
    }

    public void Pass(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            Now++;
            EndWhatIsOver();
            Look();
        }
    }

    public void Acknowledge(int seconds)
    {
        foreach (Incident one in open)
        {
            if (one.IsAcknowledged) Shift(one, Now);
            (one.IsAcknowledged, one.AcknowledgedSince, one.AcknowledgedUntil) = (true, Now, Now + seconds);
            Note(one, "acknowledged");
        }
        Look();
    }

    public void Resolve()
    {
        foreach (Incident one in open.ToArray()) End(one);
        Look();
    }

    public void Silence(string host, int seconds)
    {
        silences.Add((host, Now + seconds));
        Ledger.Add($"{Now} silenced");
    }

    public void Crash(int away)
    {
        Now += away;
        EndWhatIsOver();
        foreach (Incident one in open) one.HeardBy = Now + 60;
        foreach (((Policy policy, _), Group group) in groups)
        {
            int[] waiting = [.. group.Members.Select(member => member.Incident.Opened)
                .Where(opened => opened + policy.Group?.Wait > Now)];
            group.Began = waiting.Length == 0 ? Now : waiting.Min();
        }
        Look();
    }

    void EndWhatIsOver()
    {
        foreach ((string host, int until) in silences.Where(silence => silence.Until <= Now).ToArray())
        {
            silences.Remove((host, until));
            Ledger.Add($"{Now} silence ended");
        }
        foreach (Incident one in open)
            if (one.IsAcknowledged && one.AcknowledgedUntil <= Now) EndAcknowledgement(one, one.AcknowledgedUntil);
    }

    void EndAcknowledgement(Incident one, int until)
    {
        Note(one, "no longer acknowledged");
        Shift(one, until);
        one.IsAcknowledged = false;
    }

    static void Shift(Incident one, int until)
    {
        foreach (Telling telling in one.Tellings)
        {
            telling.FirstTold += until - one.AcknowledgedSince;
            telling.LastTold += until - one.AcknowledgedSince;
        }
    }

    void End(Incident one)
    {
        open.Remove(one);
        Note(one, "resolved");
        one.Ended = Now;
        foreach (Telling telling in one.Tellings.Where(telling => telling.ToldRank == 0))
        {
            Note(one, "not told", telling.Policy.Channel);
            Leave(one, telling);
        }
    }

    void Leave(Incident one, Telling telling)
    {
        Group group = GroupOf(one, telling.Policy);
        group.Members.Remove((one, telling));
        if (group.Members.Count == 0) groups.Remove(KeyOf(one, telling.Policy));
    }

    void Attach(Incident one, Telling telling)
    {
        one.Tellings.Add(telling);
        GroupOf(one, telling.Policy).Members.Add((one, telling));
    }

    static (Policy, Incident?) KeyOf(Incident one, Policy policy) => (policy, policy.Group is null ? one : null);

    Group GroupOf(Incident one, Policy policy)
    {
        if (!groups.TryGetValue(KeyOf(one, policy), out Group? group)) groups.Add(KeyOf(one, policy), group = new Group { Began = Now });
        return group;
    }

    void Look()
    {
        foreach (Incident one in open)
        {
            foreach ((Policy policy, bool criticalOnly) in audiences)
            {
                if (criticalOnly && one.Rank < 2) continue;
                if (!one.Tellings.Exists(telling => telling.Policy == policy)) Attach(one, new Telling(policy, false));
            }
        }
        foreach (((Policy policy, _), Group group) in groups.ToArray()) Look(policy, group);
        // A step may follow from a step.
        if (open.Aggregate(false, (any, one) => Step(one) || any)) Look();
    }

    void Look(Policy policy, Group group)
    {
        List<(Incident Incident, Telling Telling, string What)> ready = [];
        foreach ((Incident one, Telling telling) in group.Members)
        {
            if (WantsOf(one, telling) is not { } wants) continue;
            if (wants != "Resolved" && IsHeldBack(one, telling)) Note(one, "not told", telling.Policy.Channel);
            else if (wants == "Resolved" || one.HeardBy <= Now) ready.Add((one, telling, wants));
        }
        bool isUrgent = ready.Exists(one => one.What is "Worse" or "Reminded")
            || (ready.TrueForAll(one => one.What == "Resolved")
                && !group.Members.Exists(member => member.Incident.Ended is null && member.Telling.ToldRank > 0));
        int mayTellAt = group.Told + policy.Group?.Interval ?? (group.Told is null ? group.Began + (policy.Group?.Wait ?? 0) : 0);
        if (ready.Count == 0 || (!isUrgent && Now < mayTellAt)) return;
        group.Told = Now;
        foreach ((Incident one, Telling telling, string what) in ready)
        {
            Tell(one, telling, what);
            if (what == "Resolved") Leave(one, telling);
        }
    }

    string? WantsOf(Incident one, Telling telling) =>
        one.Ended is not null ? "Resolved"
        : telling.ToldRank == 0 ? telling.IsStep ? "Escalated" : "Opened"
        : one.Rank > telling.ToldRank ? "Worse"
        : !one.IsAcknowledged && telling.LastTold + telling.Policy.Every <= Now ? "Reminded"
        : null;

    bool Step(Incident one)
    {
        bool any = false;
        foreach (Telling telling in one.Tellings.ToArray())
        {
            if (telling.ToldRank == 0 || telling.HasStepped || telling.Policy.Step is not (int after, Policy next)) continue;
            if (one.IsAcknowledged || one.HeardBy > Now || telling.FirstTold + after > Now) continue;
            telling.HasStepped = any = true;
            Note(one, "escalated", next.Channel);
            Attach(one, new Telling(next, true));
        }
        return any;
    }

    bool IsHeldBack(Incident one, Telling telling) =>
        one.IsAcknowledged || silences.Exists(silence => silence.Host == one.Host)
            || (one.HeardBy <= Now && telling.Policy.Muted is (int from, int to) && Now >= from && Now < to);

    void Tell(Incident one, Telling telling, string what)
    {
        Told.Add($"{Now} {telling.Policy.Channel} {what} {one.Rank} {one.Host} {one.Episode} "
            + $"{(one.Ended ?? Now) - one.Opened}");
        Note(one, "told", telling.Policy.Channel);
        if (telling.ToldRank == 0) telling.FirstTold = Now;
        (telling.ToldRank, telling.LastTold) = (one.Rank, Now);
    }

    // Why nobody is told is written down when that changes; here only that it was.
    void Note(Incident one, string what, string channel = "")
    {
        string line = $"{what} {one.Host} {one.Episode} {channel}";
        if (what != "not told") Ledger.Add($"{Now} {line}");
        else if (!Ledger.Contains(line)) Ledger.Add(line);
    }
}
