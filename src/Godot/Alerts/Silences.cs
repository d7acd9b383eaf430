using System.Collections.Concurrent;
using Godot.Common;

namespace Godot.Alerting;

/// <summary>The silences that have not ended, and what they hold back.</summary>
/// <remarks>Changed and asked under the desk's lock, but for <see cref="HoldsBack"/>.</remarks>
/// <param name="wake">Called when something is to be said in the next turn; on any thread, so it must not wait.</param>
sealed class Silences(Action wake)
{
    sealed class Active(Silence silence)
    {
        public Silence Silence => silence;

        // A query may cost something, and says the same of an incident until that gets worse.
        public readonly Dictionary<Case, (string Severity, bool Hushes)> Answers = [];

        public string? Failed;
        public bool IsFailureTaken;

        // Events that outputs of plain recipes would have told of, by reactor, since that was last said. From any thread.
        public readonly ConcurrentDictionary<string, int> LeftOut = [];
    }

    readonly Dictionary<string, Active> active = [];

    // The same for other threads, which ask for each event that leaves a plain recipe.
    volatile Active[] all = [];

    public IEnumerable<Silence> All => active.Values.Select(one => one.Silence);

    public Silence? Find(string id) => active.GetValueOrDefault(id)?.Silence;

    /// <summary>True if there is one. May be asked from any thread.</summary>
    public bool Any => all.Length > 0;

    public void Add(Silence silence)
    {
        active[silence.Id] = new Active(silence);
        all = [.. active.Values];
    }

    public void Remove(Silence silence)
    {
        active.Remove(silence.Id);
        all = [.. active.Values];
    }

    /// <summary>True if one holds back what an output would tell of an event; counts it. May be called from any thread.</summary>
    public bool HoldsBack(string reactor, Event e, DateTimeOffset now)
    {
        Event described = e with { Meta = new Dictionary<string, MetaValue>(e.Meta) { ["reactor"] = reactor } };
        if (all.Where(one => one.Silence.Until > now && Matches(one, described)).MaxBy(one => one.Silence.Until) is not { } silence)
            return false;
        if (silence.LeftOut.AddOrUpdate(reactor, 1, static (_, count) => count + 1) == 1) wake();
        return true;
    }

    /// <summary>True if events were left out since that was last said.</summary>
    public bool AnyLeftOut => Array.Exists(all, static silence => !silence.LeftOut.IsEmpty);

    /// <summary>How many events were left out, of which reactor.</summary>
    /// <param name="of">By this one; null: by any.</param>
    public IEnumerable<(Silence Silence, string Reactor, int Events)> TakeLeftOut(Silence? of = null)
    {
        foreach (Active one in active.Values.Where(one => of is null || one.Silence == of))
            foreach (string reactor in one.LeftOut.Keys.Order(StringComparer.Ordinal))
                if (one.LeftOut.TryRemove(reactor, out int events)) yield return (one.Silence, reactor, events);
    }

    /// <summary>An incident is over: nobody asks about it any more.</summary>
    public void Forget(Case one)
    {
        foreach (Active silence in active.Values) silence.Answers.Remove(one);
    }

    public bool Hushes(Silence silence, Case one) => active.TryGetValue(silence.Id, out Active? its) && Hushes(its, one);

    /// <summary>The silence that holds an incident back for longest; null if none does.</summary>
    public Silence? Of(Case one, DateTimeOffset now) =>
        active.Values.Where(silence => silence.Silence.Until > now && Hushes(silence, one)).Select(silence => silence.Silence)
            .MaxBy(silence => silence.Until);

    /// <summary>Those whose query could not be answered for the first time, and why.</summary>
    public IEnumerable<(Silence Silence, string Why)> TakeFailed()
    {
        foreach (Active one in active.Values)
        {
            if (one.IsFailureTaken || one.Failed is not { } why) continue;
            one.IsFailureTaken = true;
            yield return (one.Silence, why);
        }
    }

    bool Hushes(Active silence, Case one)
    {
        if (silence.Answers.TryGetValue(one, out (string Severity, bool Hushes) known) && known.Severity == one.Incident.Severity)
            return known.Hushes;
        bool hushes = Matches(silence, one.Described());
        silence.Answers[one] = (one.Incident.Severity, hushes);
        return hushes;
    }

    /// <summary>True if a silence's query holds an event back.</summary>
    /// <param name="failed">Why that cannot be said: a regular expression may take too long. Better told in vain than not told.</param>
    public static bool Matches(Query query, Event e, out string? failed)
    {
        failed = null;
        try
        {
            return query.Matches(e);
        }
        catch (Exception thrown)
        {
            failed = Thrown.MessageOf(thrown);
            return false;
        }
    }

    bool Matches(Active silence, Event e)
    {
        bool matches = Matches(silence.Silence.Query, e, out string? failed);
        if (failed is not null && Interlocked.CompareExchange(ref silence.Failed, failed, null) is null) wake();
        return matches;
    }
}
