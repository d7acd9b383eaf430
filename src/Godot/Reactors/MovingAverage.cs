namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the mean of it and those before it, <paramref name="count"/> events together; of
    /// fewer while there are fewer. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; so is the average if the sum is too large for a number. Nothing but the metric
    /// changes: the original's variance and standard deviation in <c>meta</c> are left to verbs of their own. Memory: 8 bytes per key and
    /// event of the window.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public Reactor MovingAverage(int count)
    {
        RecipeRules.AtLeast(1, count, "MovingAverage's count", nameof(count));
        return Add($"MovingAverage({count})", Scope.Series, () => new CountAverageStage(count));
    }

    /// <summary>
    /// Passes every event with its metric replaced by the mean of it and all that arrived less than <paramref name="window"/> before it.
    /// Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; so is the average if the sum is too large for a number. Time is that of
    /// arrival, not the events' own, so that a host with a wrong clock is averaged like the others. Events within a thousandth of the
    /// window of each other leave it together; so memory is at most 48 KB per key, whatever the rate, and 24 bytes per event where they are
    /// few. It has no timer: nothing comes out between events.
    /// </remarks>
    /// <exception cref="ArgumentException">The window is not longer than zero.</exception>
    public Reactor MovingAverage(TimeSpan window)
    {
        RecipeRules.Positive(window, "MovingAverage's window", nameof(window));
        return Add($"MovingAverage({RecipeText.Of(window)})", Scope.Series, () => new MovingTimeStage<Average>(window, Average.Of, all => all.Value));
    }
}

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="Reactor.MovingAverage(int)"/>
        public static Reactor MovingAverage(int count) => Reactor.Empty.MovingAverage(count);

        /// <inheritdoc cref="Reactor.MovingAverage(TimeSpan)"/>
        public static Reactor MovingAverage(TimeSpan window) => Reactor.Empty.MovingAverage(window);
    }
}

sealed class CountAverageStage(int count) : Stage<CountWindow<Total>>
{
    readonly Lists<Total> rings = new();

    protected override void On(EventView e, ref CountWindow<Total> window)
    {
        if (e.Metric is not { } metric) return;
        double mean = window.Add(Total.Of(metric), count, rings).Value / window.Held(count);
        if (double.IsFinite(mean)) Send(e with { Metric = mean });
    }

    protected override void Save(ref readonly CountWindow<Total> window, StateWriter writer) => window.Save(writer, count, rings);

    protected override void Load(ref CountWindow<Total> window, StateReader reader) => window.Load(reader, count, rings);

    internal override void PrefetchKept(int key) => StateOf(key).Prefetch(count, rings);

    private protected override void Release(ref CountWindow<Total> window) => window.Clear(count, rings);
}
