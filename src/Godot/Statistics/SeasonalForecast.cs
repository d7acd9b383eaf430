namespace Godot.Statistics;

/// <summary>
/// Forecasts a measurement that repeats itself season by season: triple exponential smoothing (Holt, 1957, and Winters, 1960), additive. A
/// season is divided into steps; the model learns the mean of each, and how far numbers scatter around the forecast.
/// </summary>
/// <param name="steps">How many steps a season has.</param>
sealed class SeasonalForecast(int steps, Smoothing smoothing)
{
    // Below this share of the forecast, what deviates is rounding.
    const double Rounding = 1e-9;

    readonly double[] seasonal = new double[steps];
    double level, trend, variance;

    // The step that numbers are taken for now, counted from the first, and what is known about them.
    Moments current;

    // Each step of the first two seasons; null once they are over.
    Moments[]? learning = new Moments[2 * steps];

    /// <summary>The step that numbers are taken for; the first is 0.</summary>
    public long Step { get; private set; }

    /// <summary>True during the first two seasons.</summary>
    public bool IsLearning => learning is not null;

    /// <summary>
    /// What a number of this step should be, and by how much it may be expected to differ: one standard deviation. Null during the first
    /// two seasons.
    /// </summary>
    public (double Expected, double Deviation)? Forecast
    {
        get
        {
            if (learning is not null) return null;
            double expected = level + trend + seasonal[Step % steps];
            return (expected, Math.Max(Math.Sqrt(variance), Rounding * Math.Abs(expected)));
        }
    }

    /// <summary>Takes a number for this step.</summary>
    public void Add(double number) => current = Moments.Merge(current, Moments.Of(number));

    /// <summary>Goes on to a later step. Those between them, without a number, teach nothing.</summary>
    public void GoTo(long step)
    {
        if (learning is not null) Learn(learning, step);
        else if (current.Count > 0) Update();
        (Step, current) = (step, default);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Step);
        current.Save(writer);
        writer.Write(learning is not null);
        if (learning is not null)
        {
            foreach (Moments each in learning) each.Save(writer);
            return;
        }
        foreach (double number in (double[])[level, trend, variance, .. seasonal]) writer.Write(number);
    }

    public void Load(StateReader reader)
    {
        (Step, current) = (reader.ReadInt64(), Moments.Load(reader));
        if (reader.ReadBoolean())
        {
            foreach (ref Moments each in learning.AsSpan()) each = Moments.Load(reader);
            return;
        }
        (learning, level, trend, variance) = (null, reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        foreach (ref double number in seasonal.AsSpan()) number = reader.ReadDouble();
    }

    void Learn(Moments[] seen, long next)
    {
        seen[Step] = current;
        if (next < seen.Length) return;
        Begin(seen);
        learning = null;
    }

    void Update()
    {
        ref double season = ref seasonal[Step % steps];
        double forecast = level + trend, error = current.Mean - forecast - season, before = level;
        level = forecast + smoothing.Level * error;
        trend += smoothing.Trend * (level - before - trend);
        season += smoothing.Season * (current.Mean - level - season);
        // Over about a season.
        variance += 2.0 / (steps + 1) * (current.Squares / current.Count + error * error - variance);
    }

    // What a step has gained from one season to the next is the trend; without it, both seasons' numbers of a step give its mean, and how
    // they scatter.
    void Begin(Moments[] seen)
    {
        trend = Gain(seen) / steps;
        int known = 0;
        double squares = 0;
        long count = 0;
        for (int i = 0; i < steps; i++)
        {
            Moments both = Moments.Merge(Detrended(seen, i), Detrended(seen, i + steps));
            if (both.Count == 0) continue;
            seasonal[i] = both.Mean;
            level += (both.Mean - level) / ++known;
            squares += both.Squares;
            count += both.Count;
        }
        for (int i = 0; i < steps; i++)
            if (seen[i].Count + seen[i + steps].Count > 0) seasonal[i] -= level;
        // Each step's mean took one degree of freedom.
        variance = count > known ? squares / (count - known) : 0;
    }

    double Gain(Moments[] seen)
    {
        Moments gain = default;
        for (int i = 0; i < steps; i++)
            if (seen[i].Count > 0 && seen[i + steps].Count > 0) gain = Moments.Merge(gain, Moments.Of(seen[i + steps].Mean - seen[i].Mean));
        return gain.Mean;
    }

    // As it would be at the end of the second season.
    Moments Detrended(Moments[] seen, int at) => seen[at] with { Mean = seen[at].Mean + trend * (seen.Length - 1 - at) };
}

/// <summary>Which share of an error a model takes over at once: 0 nothing, 1 all.</summary>
readonly record struct Smoothing(double Level, double Trend, double Season);
