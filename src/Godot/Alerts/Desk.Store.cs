using Godot.Common;

namespace Godot.Alerting;

/// <summary>
/// What a turn decided is kept, and only then sent. If the store does not take it, it is sent all the same, and kept once the store takes
/// things again.
/// </summary>
sealed partial class Desk
{
    // How long after it has failed the store is tried again.
    static readonly TimeSpan StoreAgainAfter = TimeSpan.FromSeconds(10);

    // What waits for the store: so many lines of the ledger, and incidents that it has never heard of.
    const int MostUnkept = 100_000;

    volatile bool storeTakes = true;

    /// <summary>True if the store took what was decided last. Waits for nothing.</summary>
    public bool StoreTakes => storeTakes;

    // Null: it took what came last.
    TimeSpan? storeAgainAt;
    long linesLost;

    // How often it took something, and what that took altogether, in the clock's units.
    long commits, committing;

    // How many of the lines that wait have been said to those who listen.
    int announced;

    // Incidents that opened while the store did not take them.
    readonly HashSet<string> unknownToStore = [];

    /// <summary>The last lines of the ledger, those that the store has not taken yet among them.</summary>
    public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query)
    {
        lock (gate)
        {
            if (decisions.Ledger.Count > 0)
                return [.. store.Ledger(query).Concat(decisions.Ledger.Where(query.Takes)).TakeLast(query.Limit)];
        }
        // The store has all that was decided: no turn waits for the search.
        return store.Ledger(query);
    }

    /// <summary>How often the store took something, and how long that took altogether.</summary>
    public (long Count, TimeSpan Time) Commits => (Interlocked.Read(ref commits), time.GetElapsedTime(0, Interlocked.Read(ref committing)));

    void Commit()
    {
        foreach ((Silence silence, string why) in silences.TakeFailed())
            Note(null, "silence not asked", because: $"{silence.Query}, by {silence.By}: {why}; what it cannot be asked of is told");
        foreach (Case one in touched)
        {
            KeptIncident kept = one.ToKept(clock) with
            {
                // Those from before the start are looked at when the key opens again.
                Openings = openings.TryGetValue(one.Key, out List<TimeSpan>? times)
                    ? [.. times.Select(clock.ToCalendar)] : KeyOf(one.Key)?.Openings ?? [],
            };
            decisions.Incidents[kept.Incident.Id] = kept;
            if (kept.IsDone) ended.Remove(kept.Incident.Id);
        }
        touched.Clear();
        Decisions made = decisions;
        if (!made.IsEmpty && (hasEnded || storeAgainAt is not { } again || again <= clock.Now)) Keep();
        foreach (LedgerLine line in made.Ledger.Skip(announced)) channels.Decided(line);
        if (storeAgainAt is not null) BoundLines();
        announced = made == decisions ? made.Ledger.Count : 0;
        foreach ((IChannel channel, Notification notification) in sending) channel.Send(notification);
        sending.Clear();
    }

    void Keep()
    {
        try
        {
            long began = time.GetTimestamp();
            store.Commit(decisions);
            Interlocked.Add(ref committing, time.GetTimestamp() - began);
            Interlocked.Increment(ref commits);
        }
        // Of disks, of databases, of anything: whoever is to be told is told.
        catch (Exception thrown)
        {
            channels.StoreFailed(thrown);
            storeTakes = false;
            if (storeAgainAt is null)
                Note(null, "store failed", because: $"{Thrown.MessageOf(thrown)}; what is told may be told again after a crash");
            storeAgainAt = clock.Now + StoreAgainAfter;
            At(storeAgainAt.Value, static () => { });
            BoundIncidents();
            return;
        }
        (string? lost, bool hadFailed) = (linesLost == 0 ? null : $"{linesLost} lines of the ledger had no room and are lost",
            storeAgainAt is not null);
        storeTakes = true;
        (decisions, storeAgainAt, linesLost) = (new Decisions(), null, 0);
        episodes.Clear();
        unknownToStore.Clear();
        if (hadFailed) Note(null, "store takes again", because: lost);
    }

    // A store that fails for days.
    void BoundLines()
    {
        int tooMany = decisions.Ledger.Count - MostUnkept;
        if (tooMany <= 0) return;
        decisions.Ledger.RemoveRange(0, tooMany);
        linesLost += tooMany;
    }

    void BoundIncidents()
    {
        if (decisions.Incidents.Count < MostUnkept) return;
        // Of a key the store needs but the last one that it has not heard of.
        HashSet<string> last = [.. decisions.Incidents.Values.GroupBy(AlertKey.TextOf)
            .Select(its => its.MaxBy(kept => kept.Incident.Episode)!.Incident.Id)];
        foreach ((string id, KeptIncident kept) in decisions.Incidents)
            if (kept.IsDone && unknownToStore.Contains(id) && !last.Contains(id)) decisions.Incidents.Remove(id);
    }

    // Null: the store does not say.
    KeptKey? KeyOf(AlertKey key)
    {
        try
        {
            return store.KeyOf(key.ToString());
        }
        catch (Exception thrown)
        {
            channels.StoreFailed(thrown);
            return null;
        }
    }
}
