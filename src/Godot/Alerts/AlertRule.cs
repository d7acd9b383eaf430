using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>When an alert opens an incident, and when that is over.</summary>
abstract record AlertRule
{
    /// <summary>How many severities there are, one worse than the other.</summary>
    public abstract int Ranks { get; }

    /// <summary>How long a severity, or a worse one, must hold.</summary>
    public TimeSpan After { get; init; }

    /// <summary>How long it must be well.</summary>
    public TimeSpan ClearAfter { get; init; }

    /// <summary>How many events in a row must say that it is bad.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many must say that it is well.</summary>
    public int ClearTimes { get; init; } = 1;

    /// <summary>How long a silence may be, if that is what it opens for.</summary>
    public TimeSpan? SilentFor { get; init; }

    /// <summary>What becomes of a key that says nothing any more.</summary>
    public NoData NoData { get; init; } = NoData.Keep;

    /// <summary>A key that opens more often than <see cref="MostOpenings"/> in this time is flapping.</summary>
    public TimeSpan FlapTime { get; init; } = TimeSpan.FromHours(1);

    public int MostOpenings { get; init; } = 5;

    public AlertLabels Labels { get; init; } = AlertLabels.None;

    /// <summary>The rule's own text of a notice; null: ours.</summary>
    public Func<Incident, string>? Text { get; init; }

    public abstract Verdict Of(EventView e);

    /// <summary>The word for a rank that no event has said a word for.</summary>
    public abstract string SeverityOf(int rank);

    /// <summary>True if an event without a metric cannot say that it is well, once one with a metric has said that it is bad.</summary>
    public virtual bool NeedsMetric => false;
}

/// <summary>By conditions, the worst first.</summary>
sealed record ConditionRule(IReadOnlyList<(string Severity, Filter Condition)> Levels, Filter? Clear) : AlertRule
{
    public override int Ranks => Levels.Count;

    public override bool NeedsMetric => Clear is null;

    public override string SeverityOf(int rank) => Levels[Ranks - rank].Severity;

    public override Verdict Of(EventView e)
    {
        for (int i = 0; i < Levels.Count; i++)
            if (Levels[i].Condition.Passes(e)) return Verdict.Bad(Ranks - i, Levels[i].Severity);
        return new(Clear is null || Clear.Passes(e) ? Sign.Well : Sign.Between);
    }
}

/// <summary>By the word that the event itself says.</summary>
sealed record StateRule : AlertRule
{
    // Warnings, and all else.
    public override int Ranks => 2;

    public override string SeverityOf(int rank) => rank == 1 ? "warning" : "critical";

    /// <summary>True of a word that says that all is well.</summary>
    public static bool IsWell(string state) => IsAny(state, "ok", "up", "normal", "resolved");

    public override Verdict Of(EventView e) => e.State is not { Length: > 0 } state ? default
        : IsWell(state) ? new(Sign.Well)
        : Verdict.Bad(IsAny(state, "warning", "warn") ? 1 : 2, state);

    static bool IsAny(string state, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (state.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

/// <summary>By silence: every event is a sign of life, but one that says that somebody else has waited in vain.</summary>
sealed record SilenceRule : AlertRule
{
    public const string Severity = "expired";

    public override int Ranks => 1;

    public override string SeverityOf(int rank) => Severity;

    public override Verdict Of(EventView e) => e.Is(Events.FieldSet.State, "expired"u8) ? default : new(Sign.Well);
}
