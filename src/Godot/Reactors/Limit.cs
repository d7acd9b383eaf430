using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes at most <paramref name="count"/> events in any span of this length, drops the others, delays none. Scope: all.
    /// </summary>
    /// <remarks>
    /// The limit slides: an event passes unless so many have passed in the <paramref name="per"/> before it. So
    /// <c>Limit(1, per: TimeSpan.FromHours(1))</c> is "once an hour", whenever the first came; <see cref="Throttle"/>, whose windows
    /// follow each other, passes two events a moment apart if a window ends between them. Time is that of arrival. Memory: 8 bytes per
    /// key for each of the last <paramref name="count"/> events that passed, kept for as long as they count. No timer.
    /// </remarks>
    /// <param name="count">How many events pass: 1 to 1,000,000.</param>
    /// <param name="per">In a span of what length.</param>
    /// <exception cref="ArgumentException">The count is not from 1 to 1,000,000, or the length is not longer than zero.</exception>
    public Reactor Limit(int count, TimeSpan per)
    {
        if (count is < 1 or > 1_000_000) throw new ArgumentOutOfRangeException(nameof(count), count,
            "Limit's count must be from 1 to 1,000,000.");
        RecipeRules.Positive(per, "Limit's span", nameof(per));
        return Add(new StageStep($"Limit({count}, {RecipeText.Of(per)})", Scope.All,
            () => new LimitStage(count, per.Ticks)) { Keeps = FieldSet.All });
    }
}

sealed class LimitStage(int count, long per) : Stage
{
    protected internal override string? StateShape => "";

    protected internal override TimeSpan Remembers => new(per);

    // When events passed that still count, oldest first.
    readonly Queue<long> passed = new();

    public override void On(EventView e)
    {
        while (passed.TryPeek(out long oldest) && Now - oldest >= per) passed.Dequeue();
        if (passed.Count >= count) return;
        passed.Enqueue(Now);
        Send(e);
    }

    protected override string? Describe()
    {
        int still = passed.Count(time => Now - time < per);
        return still < count ? $"passed {still} of {count}"
            : $"passed {still} of {count}, again in {InWords.Time(per - (Now - passed.First(time => Now - time < per)))}";
    }

    protected override void Save(StateWriter state)
    {
        state.Write(passed.Count);
        foreach (long time in passed) state.WriteMoment(time);
    }

    protected override void Load(StateReader state)
    {
        for (int left = state.ReadInt32(); left > 0; left--) passed.Enqueue(state.ReadMoment());
    }
}
