using Godot.Statistics;

namespace Godot.Tests;

public sealed class SeasonalForecastTests
{
    const int Steps = 12;

    static readonly Smoothing Usual = new(0.2, 0.02, 0.2);

    static double Wave(long step) => 100 + 0.5 * step + 30 * Math.Sin(2 * Math.PI * step / Steps);

    [Fact]
    public void What_repeats_itself_and_rises_is_forecast_after_two_seasons()
    {
        SeasonalForecast forecast = new(Steps, Usual);
        for (long step = 0; step < 40 * Steps; step++)
        {
            if (step > 0) forecast.GoTo(step);
            if (step < 2 * Steps) Assert.Null(forecast.Forecast);
            else Assert.Equal(Wave(step), forecast.Forecast!.Value.Expected, 1e-6);
            forecast.Add(Wave(step));
        }
    }

    [Fact]
    public void Noise_around_it_is_the_deviation()
    {
        SeasonalForecast forecast = new(Steps, Usual);
        Random random = new(5);
        for (long step = 0; step < 100 * Steps; step++)
        {
            if (step > 0) forecast.GoTo(step);
            for (int i = 0; i < 20; i++) forecast.Add(Wave(step) + random.NextDouble() * 12 - 6);
        }
        forecast.GoTo(100 * Steps);
        Assert.Equal(12 / Math.Sqrt(12), forecast.Forecast!.Value.Deviation, 0.3);
        Assert.Equal(Wave(100 * Steps), forecast.Forecast!.Value.Expected, 2.0);
    }

    [Fact]
    public void A_million_steps_at_a_huge_offset_do_not_drift()
    {
        SeasonalForecast forecast = new(4, Usual);
        for (long step = 0; step < 1_000_000; step++)
        {
            if (step > 0) forecast.GoTo(step);
            forecast.Add(1e15 + step % 4);
        }
        forecast.GoTo(1_000_000);
        Assert.Equal(1e15, forecast.Forecast!.Value.Expected, 2.0);
    }

    [Fact]
    public void Steps_without_a_number_teach_nothing()
    {
        SeasonalForecast forecast = new(2, Usual);
        foreach ((long step, double number) in (ReadOnlySpan<(long, double)>)[(0, 10), (1, 20), (3, 20), (4, 10), (1_000_000_001, 20)])
        {
            if (step > 0) forecast.GoTo(step);
            if (step == 1_000_000_001) Assert.Equal(20, forecast.Forecast!.Value.Expected, 1e-9);
            forecast.Add(number);
        }
    }

    [Fact]
    public void Of_events_that_never_fill_two_seasons_a_step_that_was_not_seen_is_at_the_level()
    {
        SeasonalForecast forecast = new(10, Usual);
        forecast.Add(6);
        forecast.GoTo(25);
        Assert.Equal(6, forecast.Forecast!.Value.Expected, 1e-9);
    }
}
