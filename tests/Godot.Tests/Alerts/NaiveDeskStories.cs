using Godot.Alerting;

namespace Godot.Tests;

/// <summary>Whatever happens, in whatever order, over whatever store: the desk and a naive one say the same.</summary>
static class NaiveDeskStories
{
    // All in seconds, from midnight. No two of them meet by being multiples of each other.
    static readonly NaiveDesk.Policy Boss = new("pager:boss", null, null, null);

    static readonly NaiveDesk.Policy Team = new("pager:team", 1700, (420, Boss), null);

    static readonly NaiveDesk.Policy Ops = new("pager:ops", 1100, (900, Team), (1200, 2400));

    static readonly NaiveDesk.Policy Grouping = Ops with { Group = (47, 310) };

    static readonly NaiveDesk.Policy Log = new("pager:log", null, null, null);

    static Policy PolicyOf(NaiveDesk.Policy naive)
    {
        Policy policy = Pager.Of(naive.Channel["pager:".Length..]);
        if (naive.Every is { } every) policy = policy.Repeat(Seconds(every));
        if (naive.Group is (int wait, int interval)) policy = policy.Group("service", Seconds(wait), Seconds(interval));
        if (naive.Step is (int after, NaiveDesk.Policy next)) policy = policy.Escalate(Seconds(after), PolicyOf(next));
        return naive.Muted is (int from, int to) ? policy.Mute(Window.Weekly($"daily {At(from)}-{At(to)}")) : policy;
    }

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    static string At(int seconds) => $"{Seconds(seconds):hh\\:mm}";

    /// <summary>Tells both a story, a step of it from each number; some are crashes.</summary>
    public static void AreTheSame(int[] story, IAlertStore store, int lanes = 1, bool together = false, bool inGroups = false)
    {
        NaiveDesk.Policy ops = inGroups ? Grouping : Ops;
        NaiveDesk naive = new([(ops, false), (Log, true)]);
        AlertTest test = Alerts.Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert(flapping: (0, Seconds(1)))
            .Notify(PolicyOf(ops)).Notify(PolicyOf(Log), on: "critical"), "cpu"), new EngineOptions { Lanes = lanes, Store = store })
            .InBlocks(together);
        foreach (int step in story) Do(step, naive, test);
        Assert.Equal(naive.Told.Order(StringComparer.Ordinal), ToldIn(test).Order(StringComparer.Ordinal));
        Assert.Equal(naive.Ledger.Where(IsCompared).Order(StringComparer.Ordinal),
            LedgerOf(test).Where(IsCompared).Order(StringComparer.Ordinal));
        // One incident, one id.
        IEnumerable<Incident> incidents = test.AllTold.SelectMany(told => told.Notification.Notices).Select(notice => notice.Incident);
        Assert.All(incidents.GroupBy(incident => (incident.Name, incident.Episode)),
            same => Assert.Single(same.Select(incident => incident.Id).Distinct()));
        Assert.All(incidents.GroupBy(incident => incident.Id), same => Assert.Single(same.Select(incident => incident.Episode).Distinct()));

        // Whoever waits for a group is asked when that may tell what holds it back; the naive desk asks each second.
        bool IsCompared(string line) => ops.Group is null || !line.StartsWith("not told", StringComparison.Ordinal);
    }

    // What happens, and how much of it, from a number.
    static void Do(int step, NaiveDesk naive, AlertTest test)
    {
        (int much, int what) = Math.DivRem(Math.Abs(step % 10_000), 10);
        switch (what)
        {
            case < 4:
                (string Host, int Rank)[] events =
                    [.. Enumerable.Range(0, 1 + much % 3).Select(i => ($"h{(much + i) % 3}", (what + much * i) % 3))];
                foreach ((string host, int rank) in events) naive.Given(host, rank);
                test.Given([.. events.Select(e => new Event
                {
                    Host = e.Host, Service = "cpu", State = e.Rank switch { 0 => "ok", 1 => "warning", _ => "critical" },
                })]);
                break;
            case < 6:
                naive.Pass(much % 30 * 60 + 17);
                test.After(Seconds(much % 30 * 60 + 17));
                break;
            case 6:
                naive.Acknowledge(much % 20 * 60 + 31);
                test.Acknowledge("cpu", by: "ann", until: Seconds(much % 20 * 60 + 31));
                break;
            case 7:
                naive.Silence($"h{much % 3}", (much % 40 + 1) * 60);
                test.Silence($"host = \"h{much % 3}\"", by: "ann", minutes: much % 40 + 1);
                break;
            case 8:
                naive.Crash(much % 15 * 60);
                test.Crash(much % 2 == 0 ? Saved.Store : Saved.StoreAndSnapshot, away: Seconds(much % 15 * 60));
                // What ended while it was away is seen a moment later.
                naive.Pass(1);
                test.After(Seconds(1));
                break;
            default:
                naive.Resolve();
                test.Resolve("cpu", by: "ann");
                break;
        }
    }

    static IEnumerable<string> ToldIn(AlertTest test) =>
        from told in test.AllTold
        from notice in told.Notification.Notices
        let incident = notice.Incident
        select $"{(int)told.At.TotalSeconds} {told.Channel} {notice.Transition} {(incident.Severity == "critical" ? 2 : 1)} "
            + $"{HostOf(incident.Name)} {incident.Episode} {(int)incident.Lasted.TotalSeconds}";

    static IEnumerable<string> LedgerOf(AlertTest test)
    {
        DateTimeOffset start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        // The ledger has ids; the first of a name is its first incident.
        Dictionary<string, string[]> ids = test.Ledger.Where(line => line.Name is not null).GroupBy(line => line.Name!)
            .ToDictionary(lines => lines.Key, lines => lines.Select(line => line.Incident!).Distinct().ToArray());
        HashSet<string> notTold = [];
        foreach (LedgerLine line in test.Ledger)
        {
            string what = line.What.Split(':', ' ')[0] is ("opened" or "resolved" or "worse" or "told") and var word ? word : line.What;
            string of = line.Name is { } name
                ? $" {HostOf(name)} {1 + Array.IndexOf(ids[name], line.Incident)} {line.Channel}" : "";
            if (line.What != "not told") yield return $"{(int)(line.Time - start).TotalSeconds} {what}{of}";
            else if (notTold.Add(of)) yield return $"{what}{of}";
        }
    }

    static string HostOf(string name) => name["cpu ".Length..];
}
