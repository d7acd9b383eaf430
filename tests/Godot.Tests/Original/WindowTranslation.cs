using System.Text.Json;

namespace Godot.Tests.Original;

/// <summary>Says the original's windows, and what it made over them, in our verbs.</summary>
static class WindowTranslation
{
    public static BatchReactor Events(Reactor r, JsonElement options) =>
        IsFixed(options) ? r.EventWindow(Size(options)) : r.MovingEventWindow(Size(options));

    // What the original called a fixed window of time slides; what it did not call so begins where it was built, which was at a whole
    // second.
    public static Recipe Time(Reactor r, JsonElement options)
    {
        if (IsFixed(options)) return r.MovingTimeWindow(Duration(options));
        BatchReactor window = r.TimeWindow(Duration(options), offset: TimeSpan.Zero);
        return Op.Option(options, "sum") is null ? window : window.Sum();
    }

    public static Reactor Sum(Reactor r, JsonElement window) => window switch
    {
        _ when Op.Option(window, "$timeWindow") is { } time => IsFixed(time) ? r.MovingSum(Duration(time)) : r.WindowSum(Duration(time)),
        _ when Op.Option(window, "$eventWindow") is { } events =>
            IsFixed(events) ? r.EventWindow(Size(events)).Sum() : r.MovingSum(Size(events)),
        _ => throw new NotSupportedException(window.GetRawText()),
    };

    public static Reactor Average(Reactor r, JsonElement options)
    {
        JsonElement average = Op.Option(options, "average")!.Value;
        JsonElement type = Op.Option(average, "type") ?? average;
        return type.GetString() switch
        {
            "simple" => SimpleAverage(r, options),
            "exponential" => r.Ewma(Op.Option(average, "alpha")!.Value.GetDouble()),
            "weighted" =>
                r.WeightedAverage([.. Op.Option(average, "weights")!.Value.EnumerateArray().Select(weight => weight.GetDouble())]),
            var other => throw new NotSupportedException(other),
        };
    }

    // The original put the window's scatter into meta besides. Ours leaves that to whoever wants it: a window and a function.
    static Reactor SimpleAverage(Reactor r, JsonElement options)
    {
        Reactor measured = r.Where(e => e.Metric is not null);
        if (Op.Option(options, "duration") is { } duration)
            return measured.MovingTimeWindow(Op.Time(duration)).Combine(Functions.WithScatter).MovingAverage(Op.Time(duration));
        int size = Size(options);
        return measured.MovingEventWindow(size).Combine(Functions.WithScatter).MovingAverage(size);
    }

    // { "size": 3 }, in one or two coats.
    static int Size(JsonElement options) => Op.Option(options, "size") is { } size
        ? size.GetInt32()
        : Size((Op.Option(options, "window") ?? Op.Option(options, "$windowFactory") ?? Op.Option(options, "$eventWindow"))!.Value);

    static TimeSpan Duration(JsonElement options) => Op.Time(Op.Option(options, "duration")!.Value);

    static bool IsFixed(JsonElement options) => Op.Option(options, "fixed")?.GetBoolean() == true;
}
