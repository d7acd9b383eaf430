using Godot.Common;

namespace Godot;

/// <summary>What becomes of an alert's key that says nothing any more: silence is neither fine nor bad by itself.</summary>
public sealed record NoData
{
    NoData(TimeSpan? after, bool opens) => (After, Opening) = (after, opens);

    /// <summary>An open incident stays open. After <see cref="EngineOptions.ForgetAfter"/> it ends: the series is gone.</summary>
    public static NoData Keep { get; } = new(null, false);

    /// <summary>An open incident ends after so long a silence, and says why.</summary>
    /// <exception cref="ArgumentException">The time is not longer than zero.</exception>
    public static NoData Resolves(TimeSpan after) => new(Checked(after), false);

    /// <summary>So long a silence opens an incident, or makes an open one worse: <c>no data</c>.</summary>
    /// <exception cref="ArgumentException">The time is not longer than zero.</exception>
    public static NoData Opens(TimeSpan after) => new(Checked(after), true);

    internal TimeSpan? After { get; }

    internal bool Opening { get; }

    static TimeSpan Checked(TimeSpan after)
    {
        RecipeRules.Positive(after, "NoData's time", nameof(after));
        return after;
    }
}
