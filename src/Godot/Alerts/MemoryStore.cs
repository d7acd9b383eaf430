namespace Godot.Alerting;

/// <summary>A store that ends with the process: for tests, replay, and programs that want none.</summary>
sealed class MemoryStore : IAlertStore
{
    // The ledger of a program that runs for long.
    const int MostLines = 100_000;

    readonly Lock gate = new();
    readonly Dictionary<string, KeptIncident> open = [];
    readonly Dictionary<string, Silence> silences = [];
    readonly Dictionary<string, KeptKey> keys = [];
    readonly Dictionary<string, DateTimeOffset> commands = [];
    readonly Queue<LedgerLine> ledger = [];

    public Kept Load()
    {
        lock (gate)
            return new([.. open.Values.OrderBy(kept => kept.Incident.Opened).ThenBy(kept => kept.Incident.Id, StringComparer.Ordinal)],
                [.. silences.Values], new Dictionary<string, DateTimeOffset>(commands));
    }

    public KeptKey KeyOf(string key)
    {
        lock (gate) return keys.GetValueOrDefault(key, KeptKey.New);
    }

    public void Commit(Decisions decisions)
    {
        lock (gate)
        {
            foreach ((string id, KeptIncident kept) in decisions.Incidents)
            {
                Count(AlertKey.TextOf(kept), kept);
                if (kept.IsDone) open.Remove(id);
                else open[id] = kept;
            }
            foreach ((string id, Silence? silence) in decisions.Silences)
            {
                if (silence is null) silences.Remove(id);
                else silences[id] = silence;
            }
            foreach ((string id, DateTimeOffset? at) in decisions.Commands)
            {
                if (at is null) commands.Remove(id);
                else commands[id] = at.Value;
            }
            foreach (LedgerLine line in decisions.Ledger)
            {
                if (ledger.Count == MostLines) ledger.Dequeue();
                ledger.Enqueue(line);
            }
        }
    }

    // An earlier incident of a key may be told of after a later one has opened.
    void Count(string key, KeptIncident kept)
    {
        if (kept.Incident.Episode >= keys.GetValueOrDefault(key, KeptKey.New).Episodes)
            keys[key] = new KeptKey(kept.Incident.Episode, kept.Openings);
    }

    public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query)
    {
        lock (gate) return [.. ledger.Where(query.Takes).TakeLast(query.Limit)];
    }
}
