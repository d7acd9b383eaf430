namespace Godot.Tests;

/// <summary>
/// What alerts say, the plain way: it looks at everything once a second. One rule that goes by the events' states, policies without groups.
/// </summary>
sealed class NaiveDesk(IReadOnlyList<(NaiveDesk.Policy Policy, bool CriticalOnly)> audiences)
{
    public sealed record Policy(string Channel, int? Every, (int After, Policy Next)? Step, (int From, int To)? Muted);

    public sealed class Telling(Policy policy, bool isStep)
    {
        public readonly Policy Policy = policy;
        public readonly bool IsStep = isStep;
        public int ToldRank, FirstTold, LastTold;
        public bool HasStepped;
    }

    public sealed class Incident(string host, int episode, int opened)
    {
        public readonly string Host = host;
        public readonly int Episode = episode, Opened = opened;
        public readonly List<Telling> Tellings = [];
        public int Rank, HeardBy;
        public bool IsAcknowledged;
        public int AcknowledgedSince, AcknowledgedUntil;
    }

    readonly List<Incident> open = [];
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
        foreach (Telling telling in one.Tellings)
        {
            if (telling.ToldRank > 0) Tell(one, telling, "Resolved");
            else Note(one, "not told", telling.Policy.Channel);
        }
    }

    void Look()
    {
        foreach (Incident one in open)
        {
            foreach ((Policy policy, bool criticalOnly) in audiences)
            {
                if (criticalOnly && one.Rank < 2) continue;
                if (!one.Tellings.Exists(telling => telling.Policy == policy)) one.Tellings.Add(new Telling(policy, false));
            }
            // A step may follow from a step.
            for (int i = 0; i < one.Tellings.Count; i++) Look(one, one.Tellings[i]);
        }
    }

    void Look(Incident one, Telling telling)
    {
        bool isTold = telling.ToldRank > 0;
        string? wants = !isTold ? telling.IsStep ? "Escalated" : "Opened"
            : one.Rank > telling.ToldRank ? "Worse"
            : !one.IsAcknowledged && telling.LastTold + telling.Policy.Every <= Now ? "Reminded"
            : null;
        if (wants is not null && IsHeldBack(one, telling)) Note(one, "not told", telling.Policy.Channel);
        else if (wants is not null && one.HeardBy <= Now) Tell(one, telling, wants);
        if (telling.ToldRank == 0 || telling.HasStepped || telling.Policy.Step is not (int after, Policy next)) return;
        if (one.IsAcknowledged || one.HeardBy > Now || telling.FirstTold + after > Now) return;
        telling.HasStepped = true;
        Note(one, "escalated", next.Channel);
        one.Tellings.Add(new Telling(next, true));
    }

    bool IsHeldBack(Incident one, Telling telling) =>
        one.IsAcknowledged || silences.Exists(silence => silence.Host == one.Host)
            || (one.HeardBy <= Now && telling.Policy.Muted is (int from, int to) && Now >= from && Now < to);

    void Tell(Incident one, Telling telling, string what)
    {
        Told.Add($"{Now} {telling.Policy.Channel} {what} {one.Rank} {one.Host} {one.Episode} {Now - one.Opened}");
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
