using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes the first <paramref name="count"/> events of each window, drops the others, delays none. Scope: all.</summary>
    /// <remarks>
    /// The first window opens with the first event; from then on they follow each other without a gap, events or none. So twice as many may
    /// pass in a moment, around the end of a window: for "once an hour", see <see cref="Limit"/>. Time is that of arrival.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1, or the window is not longer than zero.</exception>
    public Reactor Throttle(int count, TimeSpan per)
    {
        RecipeRules.AtLeast(1, count, "Throttle's count", nameof(count));
        RecipeRules.Positive(per, "Throttle's window", nameof(per));
        return Add(new StageStep($"Throttle({count}, {RecipeText.Of(per)})", Scope.All,
            () => new ThrottleStage(count, per.Ticks)) { Keeps = FieldSet.All });
    }
}

sealed class ThrottleStage(int count, long per) : Stage
{
    protected internal override string? StateShape => "";

    protected internal override TimeSpan Remembers => AtLeast(new TimeSpan(per));

    long? opened;
    int passed;

    public override void On(EventView e)
    {
        long start = opened ?? Now;
        long elapsed = Now - start;
        if (opened is null || elapsed >= per) (opened, passed) = (start + elapsed / per * per, 0);
        if (passed >= count) return;
        passed++;
        Send(e);
    }

    protected override string? Describe()
    {
        if (opened is not { } start || Now - start >= per) return $"passed 0 of {count}";
        string left = InWords.Time(per - (Now - start));
        return $"passed {passed} of {count}, {(passed >= count ? "again" : "anew")} in {left}";
    }

    protected override void Save(StateWriter state)
    {
        if (opened is not { } start) return;
        state.WriteMoment(start);
        state.Write(passed);
    }

    protected override void Load(StateReader state) => (opened, passed) = (state.ReadMoment(), state.ReadInt32());
}
