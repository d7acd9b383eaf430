namespace Godot.Statistics;

/// <summary>
/// The straight line through some points by least squares. Everything is kept from the points' common centre, so that large times or
/// numbers cost no digits.
/// </summary>
/// <param name="Count">How many points.</param>
/// <param name="X">The mean of where they are.</param>
/// <param name="Y">The mean of how high they are.</param>
/// <param name="XX">The sum of the squares of their distances from <paramref name="X"/>.</param>
/// <param name="XY">The sum of the products of their distances from <paramref name="X"/> and <paramref name="Y"/>.</param>
readonly record struct Line(long Count, double X, double Y, double XX, double XY) : ISummary<Line>
{
    public static Line Of(double x, double y) => new(1, x, y, 0, 0);

    /// <summary>
    /// How high the line is at a place; NaN if all points are at one place, and not finite if it is too high for a number.
    /// </summary>
    public double At(double x) => Y + XY / XX * (x - X);

    public static Line Merge(in Line earlier, in Line later)
    {
        long count = earlier.Count + later.Count;
        double x = later.X - earlier.X, y = later.Y - earlier.Y, share = (double)later.Count / count, weight = share * earlier.Count;
        return new(count, earlier.X + x * share, earlier.Y + y * share, earlier.XX + later.XX + x * x * weight,
            earlier.XY + later.XY + x * y * weight);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(Count);
        foreach (double number in (ReadOnlySpan<double>)[X, Y, XX, XY]) writer.Write(number);
    }

    public static Line Load(StateReader reader) =>
        new(reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
