using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by how unusual it is for its time of the season. It says by how many standard deviations
    /// the metric lies above, or below, what the seasons before let expect: <c>HoltWinters(TimeSpan.FromDays(1)).Over(3)</c> knows what is
    /// normal at noon and at midnight. Scope: each series.
    /// </summary>
    /// <remarks>
    /// <para>The forecast is additive triple exponential smoothing: a level, a trend, and for each step of the season what it usually
    /// differs by. A step's events count as their mean, when the next step begins. Time is the events' own; one ahead of the clock counts
    /// as now. When the monitor's clock is set back, what was learned stays, for its time of the season.</para>
    /// <para>The first two seasons are learned, and nothing passes; after a gap of a season, or when the clock is set back, that begins
    /// anew. An event without a metric is dropped and not counted; so is one whose metric is beyond ±1e100. One that belongs to a step that
    /// is over is dropped and counted as late. A step without events teaches nothing. An anomaly that lasts becomes the rule after some
    /// steps. What deviates by less than a billionth of the forecast counts as rounding; where nothing ever deviated and nothing is
    /// expected, anything scores the largest number there is, with its sign.</para>
    /// <para>Memory: 8 bytes per key and step, and 56 during the first two seasons. No timer.</para>
    /// </remarks>
    /// <param name="season">After how long the measurement repeats itself.</param>
    /// <param name="steps">How many steps it is divided into: 2 to 100,000. Default 24: of a day, the hours, as they are in UTC.</param>
    /// <param name="alpha">The share of a step's error that the level takes over: above 0, at most 1. Default 0.2.</param>
    /// <param name="beta">
    /// The share of the level's change that the trend takes over: from 0, no trend is learned after the first two seasons, to 1. Default
    /// 0.02.
    /// </param>
    /// <param name="gamma">The share of the rest that the season takes over: from 0, seasons do not change, to 1. Default 0.2.</param>
    /// <exception cref="ArgumentException">The season is not longer than zero, or another argument is out of its range.</exception>
    public Reactor HoltWinters(TimeSpan season, int steps = 24, double alpha = 0.2, double beta = 0.02, double gamma = 0.2)
    {
        RecipeRules.Positive(season, "HoltWinters' season", nameof(season));
        if (steps is < 2 or > 100_000)
            throw new ArgumentOutOfRangeException(nameof(steps), steps, "HoltWinters' steps must be from 2 to 100,000.");
        if (season.Ticks < steps)
            throw new ArgumentOutOfRangeException(nameof(season), season, "HoltWinters' season must have at least 100 ns for each step.");
        if (!(alpha > 0 && alpha <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "HoltWinters' alpha must be above 0 and at most 1.");
        RecipeRules.Share(beta, "HoltWinters' beta", nameof(beta));
        RecipeRules.Share(gamma, "HoltWinters' gamma", nameof(gamma));
        Smoothing smoothing = new(alpha, beta, gamma);
        string text = string.Join(", ", RecipeText.Of(season), steps, RecipeText.Of(alpha), RecipeText.Of(beta), RecipeText.Of(gamma));
        return Add($"HoltWinters({text})", Scope.Series, () => new HoltWintersStage(season, steps, smoothing));
    }
}

sealed class HoltWintersStage(TimeSpan season, int steps, Smoothing smoothing) : Stage
{
    protected internal override TimeSpan Remembers => AtLeast(season);

    // Its square, and the sum of many, are numbers.
    const double Most = 1e100;

    SeasonalForecast forecast = new(steps, smoothing);

    // The step of the first event.
    long? first;

    public override void On(EventView e)
    {
        if (e.Metric is not { } metric || Math.Abs(metric) > Most) return;
        long step = StepOf(Math.Min(e.Row.Time, UtcNow));
        first ??= step;
        if (first + forecast.Step > StepOf(UtcNow + ClockWasSet)) SetBack(step);
        step -= first.Value;
        if (step < forecast.Step)
        {
            CountLate();
            return;
        }
        Counts(e);
        if (forecast.IsLearning && step - forecast.Step >= steps) (step, first) = (0, BeginAnew(first.Value + step));
        if (step > forecast.Step) forecast.GoTo(step);
        (double Expected, double Deviation)? usual = forecast.Forecast;
        forecast.Add(metric);
        if (usual is not (double expected, double deviation)) return;
        double score = StandardScore.Of(metric, expected, deviation);
        if (double.IsFinite(score)) SendFigure(e with { Metric = score });
    }

    // What is known stands in the future: the clock was set back. A season is as good as another; what was learned of half of one is not.
    void SetBack(long step)
    {
        if (forecast.IsLearning) first = BeginAnew(step);
        else first -= (first + forecast.Step - step + steps - 1) / steps * steps;
    }

    long BeginAnew(long step)
    {
        forecast = new(steps, smoothing);
        return step;
    }

    protected override void Save(StateWriter state)
    {
        state.Write(first.HasValue);
        if (first is not { } step) return;
        state.Write(step);
        forecast.Save(state);
    }

    protected override void Load(StateReader state)
    {
        if (!state.ReadBoolean()) return;
        first = state.ReadInt64();
        forecast.Load(state);
    }

    // Counted from the year 1, before which no event can be.
    long StepOf(long time) => (long)((Int128)(time + DateTimeOffset.UnixEpoch.Ticks) * steps / season.Ticks);
}
