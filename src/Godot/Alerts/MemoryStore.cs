namespace Godot.Alerting;

/// <summary>A store that ends with the process: for tests, replay, and programs that want none.</summary>
sealed class MemoryStore : IAlertStore
{
    // The ledger of a program that runs for long.
    const int MostLines = 100_000;

    readonly Lock gate = new();
    readonly Dictionary<string, KeptIncident> open = [];
    readonly Dictionary<string, Silence> silences = [];
    readonly Dictionary<string, int> episodes = [];
    readonly HashSet<string> commands = [];
    readonly Queue<LedgerLine> ledger = [];

    public Kept Load()
    {
        lock (gate)
            return new([.. open.Values.OrderBy(kept => kept.Incident.Opened).ThenBy(kept => kept.Incident.Id, StringComparer.Ordinal)],
                [.. silences.Values], commands.ToHashSet());
    }

    public int EpisodesOf(string key)
    {
        lock (gate) return episodes.GetValueOrDefault(key);
    }

    public void Commit(Decisions decisions)
    {
        lock (gate)
        {
            foreach ((string id, KeptIncident kept) in decisions.Incidents)
            {
                episodes[AlertKey.TextOf(kept)] = kept.Incident.Episode;
                if (kept.IsDone) open.Remove(id);
                else open[id] = kept;
            }
            foreach ((string id, Silence? silence) in decisions.Silences)
            {
                if (silence is null) silences.Remove(id);
                else silences[id] = silence;
            }
            commands.UnionWith(decisions.Commands);
            foreach (LedgerLine line in decisions.Ledger)
            {
                if (ledger.Count == MostLines) ledger.Dequeue();
                ledger.Enqueue(line);
            }
        }
    }

    public IReadOnlyList<LedgerLine> Ledger(Func<LedgerLine, bool> takes, int limit)
    {
        lock (gate) return [.. ledger.Where(takes).TakeLast(limit)];
    }
}
