using Godot.Statistics;

namespace Godot;

/// <summary>
/// Replaces the metric by a figure of it and those before it, so many together. A figure that is not a finite number is dropped.
/// </summary>
sealed class MovingCountStage<T>(int count, Func<double, T> of, Func<T, double> figure) : CountWindowStage<T>(count)
    where T : struct, ISummary<T>
{
    protected internal override string? StateShape => $"{Size}";

    protected override void On(EventView e, ref CountWindow<T> window)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        double value = figure(window.Add(of(metric), Size, Rings));
        if (double.IsFinite(value)) SendFigure(e with { Metric = value });
    }

    protected override double Figure(T total, int held) => figure(total);
}

/// <summary>
/// Replaces the metric by a figure of it and all that arrived less than so long before it. A figure that is not a finite number
/// is dropped.
/// </summary>
sealed class MovingTimeStage<T>(TimeSpan length, Func<double, T> of, Func<T, double> figure) : Stage<SlidingWindow<T>>
    where T : struct, ISummary<T>
{
    protected internal override string? StateShape => "by arrival";

    protected internal override TimeSpan Remembers => length;

    protected override void On(EventView e, ref SlidingWindow<T> window)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        double value = figure(window.Add(of(metric), Now, length.Ticks));
        if (double.IsFinite(value)) SendFigure(e with { Metric = value });
    }

    protected override string? Describe(ref readonly SlidingWindow<T> window) =>
        window.Last is { } last ? $"{InWords.Number(figure(last))} at the last metric" : "no metric yet";

    protected override void Save(ref readonly SlidingWindow<T> window, StateWriter writer) => window.Save(writer, Now);

    protected override void Load(ref SlidingWindow<T> window, StateReader reader) => window.Load(reader, Now);
}
