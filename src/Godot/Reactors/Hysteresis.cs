using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes events from the first whose metric is over one threshold until one is under another: <c>Hysteresis(over: 90, until: 80)</c>;
    /// or the other way round: <c>Hysteresis(under: 10, until: 20)</c>. So a metric that wavers about a single threshold does not flap.
    /// Scope: each series.
    /// </summary>
    /// <remarks>
    /// The event that goes over passes, and so do all after it; the one that ends it, and all until the next that goes over, are dropped. A
    /// metric that equals a threshold changes nothing, neither does an event without a metric, which is dropped. An event with the state
    /// "expired" counts like any other. Memory: 1 byte per key. No timers.
    /// </remarks>
    /// <param name="until">Ends it: a metric under this number, or over it if <paramref name="under"/> is given.</param>
    /// <param name="over">Begins it: a metric over this number, which is <paramref name="until"/> or more.</param>
    /// <param name="under">Begins it: a metric under this number, which is <paramref name="until"/> or less.</param>
    /// <exception cref="ArgumentException">
    /// Not exactly one of over and under is given, a number is not finite, or the two are the wrong way round.
    /// </exception>
    public Reactor Hysteresis(double until, double? over = null, double? under = null)
    {
        if (over.HasValue == under.HasValue)
            throw new ArgumentException(
                "Hysteresis needs one threshold that begins it: Hysteresis(over: 90, until: 80), or Hysteresis(under: 10, until: 20).",
                nameof(over));
        double begin = (over ?? under)!.Value;
        RecipeRules.Finite(begin, "Hysteresis' threshold", over is null ? nameof(under) : nameof(over));
        RecipeRules.Finite(until, "Hysteresis' until", nameof(until));
        if (over < until || under > until)
            throw new ArgumentException(
                $"What begins over one number ends under a lower one, and the other way round; "
                    + $"swap {RecipeText.Of(begin)} and {RecipeText.Of(until)}.", nameof(until));
        return Add($"Hysteresis({(over is null ? "under" : "over")}: {RecipeText.Of(begin)}, until: {RecipeText.Of(until)})", Scope.Series,
            () => over is null ? new HysteresisStage(-begin, -until, -1) : new HysteresisStage(begin, until, 1));
    }
}

/// <param name="over">What begins it.</param>
/// <param name="until">What ends it.</param>
/// <param name="sign">Minus one turns the metric, and with it under into over.</param>
sealed class HysteresisStage(double over, double until, int sign) : Stage<bool>
{
    protected internal override string? StateShape => "";

    protected override void On(EventView e, ref bool isOver)
    {
        if (e.Metric * sign is not { } metric) return;
        isOver = isOver ? metric >= until : metric > over;
        if (isOver) Send(e);
    }

    protected override string? Describe(ref readonly bool isOver) => isOver
        ? $"passes until the metric is {(sign > 0 ? "under" : "over")} {InWords.Number(until * sign)}"
        : $"drops until the metric is {(sign > 0 ? "over" : "under")} {InWords.Number(over * sign)}";

    protected override void Save(ref readonly bool isOver, StateWriter writer)
    {
        if (isOver) writer.Write(isOver);
    }

    protected override void Load(ref bool isOver, StateReader reader) => isOver = reader.ReadBoolean();
}
