namespace Godot.Alerting;

/// <summary>What one policy has said of one incident, and what it has yet to say.</summary>
/// <param name="of">The incident.</param>
/// <param name="policy">Who is told.</param>
/// <param name="path">How the policy came about: <c>0</c> for the alert's first, <c>0.1</c> for the second step of that.</param>
/// <param name="group">With what it is told.</param>
sealed class Telling(Case of, Policy policy, string path, TellingGroup group)
{
    public Case Case => of;

    public Policy Policy => policy;

    public string Path => path;

    public TellingGroup Group => group;

    /// <summary>The severity that was told last; 0: nothing was told.</summary>
    public int ToldRank { get; private set; }

    /// <summary>How many of the policy's steps were taken.</summary>
    public int Escalated { get; set; }

    /// <summary>There is nothing more to say.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Why it was held back when that was last written down; null: it was not.</summary>
    public string? HeldBy { get; set; }

    // When the policy first told, later by the time in which its clocks stood still.
    TimeSpan? firstTold;
    TimeSpan? repeatAt;

    public bool IsTold => ToldRank > 0;

    bool IsEscalation => path.Contains('.', StringComparison.Ordinal);

    /// <summary>What is to be told now; null if nothing is.</summary>
    public Transition? Wants(TimeSpan now)
    {
        if (!of.IsOpen) return IsTold ? Transition.Resolved : null;
        if (!IsTold) return IsEscalation ? Transition.Escalated : Transition.Opened;
        if (of.Rank > ToldRank) return Transition.Worse;
        return RepeatAt <= now ? Transition.Reminded : null;
    }

    /// <summary>When it is told again; null if it is not, or nobody knows yet.</summary>
    public TimeSpan? RepeatAt => of is { PausedSince: null, Incident.IsFlapping: false } ? repeatAt : null;

    /// <summary>When the next of the policy's steps is to be taken; null if there is none, or nobody knows yet.</summary>
    public TimeSpan? StepAt =>
        Escalated < policy.Steps.Count && of is { PausedSince: null, IsOpen: true } ? firstTold + policy.Steps[Escalated].After : null;

    public void Told(TimeSpan now)
    {
        if (!IsTold) group.Open++;
        ToldRank = of.Rank;
        firstTold ??= now;
        repeatAt = now + policy.Every;
        HeldBy = null;
    }

    /// <summary>Its clocks have stood still for so long.</summary>
    public void Stood(TimeSpan time)
    {
        firstTold += time;
        repeatAt += time;
    }

    public KeptTelling ToKept(DeskClock clock) =>
        new(path, ToldRank, clock.ToCalendar(firstTold), clock.ToCalendar(repeatAt), Escalated)
        {
            HeldBy = HeldBy, GroupTold = clock.ToCalendar(group.Told),
        };

    public void Restore(KeptTelling kept, DeskClock clock)
    {
        (ToldRank, Escalated, HeldBy) = (kept.ToldRank, kept.Escalated, kept.HeldBy);
        if (IsTold && of.IsOpen) group.Open++;
        // One that waits still, waits no longer than it would have.
        if (of.OpenedAt < group.Began && of.OpenedAt + policy.Wait > clock.Now) group.Began = of.OpenedAt;
        if (clock.FromCalendar(kept.GroupTold) is { } told && !(told < group.Told)) group.Told = told;
        firstTold = clock.FromCalendar(kept.FirstTold);
        // Counted from the last notice, which is over whatever was done to the calendar.
        repeatAt = clock.FromCalendar(kept.RepeatAt - policy.Every) + policy.Every;
    }
}
