namespace Godot.Statistics;

/// <summary>How far a number is from what is usual, in standard deviations.</summary>
static class StandardScore
{
    /// <summary>
    /// Where nothing ever deviated, what does is infinitely far: that is the largest number there is, so that every threshold is passed.
    /// NaN if the mean or the deviation is not known.
    /// </summary>
    public static double Of(double number, double mean, double deviation)
    {
        if (!double.IsFinite(mean) || !double.IsFinite(deviation)) return double.NaN;
        // Two huge numbers may be further apart than a number can say; their quarters are not.
        double apart = number / 4 - mean / 4;
        return apart == 0 ? 0 : Math.Clamp(apart / deviation * 4, -double.MaxValue, double.MaxValue);
    }
}
