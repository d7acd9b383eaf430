namespace Godot.Statistics;

/// <summary>
/// How many numbers there are, their mean, and how far they scatter. Two lots are merged as Chan, Golub and LeVeque do ("Updating Formulae
/// and a Pairwise Algorithm for Computing Sample Variances", 1979); of one number that is Welford's method. A large common offset costs no
/// digits of the variance.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Squares">The sum of the squares of their distances from the mean.</param>
readonly record struct Moments(long Count, double Mean, double Squares) : ISummary<Moments>
{
    /// <summary>The sample variance; NaN of a single number, and not finite of numbers whose squares are too large.</summary>
    public double Variance => Squares / (Count - 1);

    /// <summary>The sample standard deviation; NaN or not finite as <see cref="Variance"/>.</summary>
    public double Deviation => Math.Sqrt(Variance);

    public static Moments Of(double number) => new(1, number, 0);

    public static Moments Merge(in Moments earlier, in Moments later)
    {
        // What nobody has written to knows nothing.
        if (earlier.Count == 0) return later;
        long count = earlier.Count + later.Count;
        double apart = later.Mean - earlier.Mean, share = (double)later.Count / count;
        return new(count, earlier.Mean + apart * share, earlier.Squares + later.Squares + apart * apart * share * earlier.Count);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(Mean);
        writer.Write(Squares);
    }

    public static Moments Load(StateReader reader) => new(reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble());
}
