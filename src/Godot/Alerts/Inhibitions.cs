using Godot.Common;
using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>Which alerts hush which others: a dead host's those of its services.</summary>
sealed class Inhibitions
{
    /// <summary>For how long what may be hushed waits for what would hush it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>For how long it stays hushed when that is over.</summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(1);

    /// <summary>One of them.</summary>
    public sealed record Inhibition(string Targets, string When, IReadOnlyList<Field> Equal)
    {
        readonly Glob targets = new(Targets), when = new(When);

        public bool Hushes(string reactor) => targets.Matches(reactor);

        public bool IsBy(string reactor) => when.Matches(reactor);

        /// <summary>What both must have in common; null if it lacks one of the fields.</summary>
        public string? Common(Event e)
        {
            string[] values = new string[Equal.Count];
            for (int i = 0; i < values.Length; i++)
            {
                FieldValue value = FieldValue.Of(e, Equal[i]);
                if (value.Kind == MetaKind.Missing) return null;
                values[i] = value.ToString();
            }
            return string.Join('\n', values.Select(value => $"{value.Length}:{value}"));
        }

        public override string ToString() =>
            $"Inhibit({RecipeText.Quote(Targets)}, when: {RecipeText.Quote(When)}, equal: [{string.Join(", ", Equal)}])";
    }

    sealed class Active
    {
        public int Open;
        public TimeSpan LastEnded = TimeSpan.MinValue;
    }

    readonly List<Inhibition> all = [];

    // Who hushes, by what they have in common with whom.
    readonly Dictionary<(Inhibition, string Common), Dictionary<string, Active>> active = [];

    public IReadOnlyList<Inhibition> All => all;

    /// <summary>Adds one, after the incidents that are open, and those that have ended lately.</summary>
    /// <exception cref="ArgumentException">Alerts of these reactors would hush each other in a circle.</exception>
    public void Add(Inhibition inhibition, IReadOnlyCollection<string> reactors, IReadOnlyCollection<Case> cases)
    {
        all.Add(inhibition);
        try
        {
            RefuseCircle(reactors);
        }
        catch
        {
            all.Remove(inhibition);
            throw;
        }
        foreach (Case one in cases.OrderBy(one => one.IsOpen))
        {
            Count(inhibition, one, 1, default);
            if (!one.IsOpen) Count(inhibition, one, -1, one.EndedAt);
        }
    }

    public void Opened(Case one)
    {
        foreach (Inhibition inhibition in all) Count(inhibition, one, 1, default);
    }

    /// <summary>True if others were hushed by it, and are for a while.</summary>
    public bool Ended(Case one, TimeSpan now)
    {
        bool any = false;
        foreach (Inhibition inhibition in all) any |= Count(inhibition, one, -1, now);
        return any;
    }

    public bool MayHush(string reactor) => all.Exists(inhibition => inhibition.Hushes(reactor));

    /// <summary>The reactor whose alert hushes an incident, and until when if that is over; null if none does.</summary>
    public (string Reactor, TimeSpan? Until)? By(Case one, TimeSpan now)
    {
        foreach (Inhibition inhibition in all)
        {
            if (!inhibition.Hushes(one.Incident.Reactor) || inhibition.Common(one.Incident.Opening) is not { } common
                || !active.TryGetValue((inhibition, common), out Dictionary<string, Active>? by)) continue;
            foreach ((string reactor, Active its) in by)
            {
                if (reactor == one.Incident.Reactor) continue;
                if (its.Open > 0) return (reactor, null);
                if (its.LastEnded != TimeSpan.MinValue && now < its.LastEnded + Afterwards) return (reactor, its.LastEnded + Afterwards);
            }
        }
        return null;
    }

    /// <summary>Forgets those that hush nobody any more.</summary>
    public void Forget(TimeSpan now)
    {
        foreach (((Inhibition, string) key, Dictionary<string, Active> by) in active)
        {
            foreach ((string reactor, Active its) in by)
                if (its.Open == 0 && now >= its.LastEnded + Afterwards) by.Remove(reactor);
            if (by.Count == 0) active.Remove(key);
        }
    }

    /// <exception cref="ArgumentException">Alerts of these reactors would hush each other in a circle.</exception>
    public void RefuseCircle(IReadOnlyCollection<string> reactors)
    {
        List<string> way = [];
        HashSet<string> done = [];
        foreach (string reactor in reactors) Follow(reactor);

        void Follow(string reactor)
        {
            if (done.Contains(reactor)) return;
            if (way.Contains(reactor))
                throw new ArgumentException(
                    $"Alerts would hush each other in a circle: {string.Join(" hushes ", way[way.IndexOf(reactor)..])} hushes {reactor}. "
                        + "Take one of the inhibitions out.");
            way.Add(reactor);
            foreach (string other in reactors)
                if (other != reactor && all.Exists(inhibition => inhibition.IsBy(reactor) && inhibition.Hushes(other))) Follow(other);
            way.RemoveAt(way.Count - 1);
            done.Add(reactor);
        }
    }

    bool Count(Inhibition inhibition, Case one, int by, TimeSpan now)
    {
        if (!inhibition.IsBy(one.Incident.Reactor) || inhibition.Common(one.Incident.Opening) is not { } common) return false;
        if (!active.TryGetValue((inhibition, common), out Dictionary<string, Active>? reactors))
            active.Add((inhibition, common), reactors = []);
        if (!reactors.TryGetValue(one.Incident.Reactor, out Active? its)) reactors.Add(one.Incident.Reactor, its = new Active());
        its.Open += by;
        if (by < 0 && its.Open == 0) its.LastEnded = now;
        return true;
    }
}
