using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the sum of it and those before it in the same window of time. Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that count have the same.
    /// So that a quota which is used up is known at once, and not at the end of the window, as <see cref="Sum(TimeSpan)"/> would say it.
    /// Windows go by arrival: the first begins with the first event, and they follow each other without a gap; what comes at the very end
    /// of one is in the next. An event without a metric is dropped and not counted; so is one that would take the sum beyond the range of a
    /// double. Memory: 40 bytes per key. It has no timer: nothing comes out between events.
    /// </remarks>
    /// <exception cref="ArgumentException">The window is not longer than zero.</exception>
    public Reactor WindowSum(TimeSpan window)
    {
        RecipeRules.Positive(window, "WindowSum's window", nameof(window));
        return Add($"WindowSum({RecipeText.Of(window)})", Scope.All, () => new WindowSumStage(window));
    }
}

sealed class WindowSumStage(TimeSpan length) : Stage<WindowSumStage.State>
{
    protected internal override TimeSpan Remembers => AtLeast(length);

    public struct State
    {
        public CompensatedSum Sum;
        public Periods Windows;

        // When the window of the sum is over, by Now.
        public long End;
    }

    protected override void On(EventView e, ref State state)
    {
        state.Windows.Begin(Now);
        if (e.Metric is not { } metric) return;
        if (Now >= state.End)
        {
            state.Sum = default;
            Slot.Names?.Clear(Host.Key);
            state.End = Now + state.Windows.UntilNext(Now, length).Ticks;
        }
        if (!state.Sum.TryAdd(metric)) return;
        Counts(e);
        SendFigure(e with { Metric = state.Sum.Value });
    }

    protected override string? Describe(ref readonly State state) =>
        Now < state.End ? $"{InWords.Number(state.Sum.Value)}, anew in {InWords.Time(state.End - Now)}" : "no metric in this window";

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        state.Windows.Save(writer);
        state.Sum.Save(writer);
        writer.WriteMoment(state.End);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state.Windows.Load(reader);
        state.Sum.Load(reader);
        state.End = reader.ReadMoment();
    }
}
