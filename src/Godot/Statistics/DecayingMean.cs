namespace Godot;

/// <summary>
/// An exponentially weighted mean by time: after one half-life, a new level counts half. Several numbers of one instant count as their
/// mean, in any order.
/// </summary>
struct DecayingMean
{
    // The mean up to the instant of the last number, and what is left of it by then.
    double before, left;

    // The numbers of that instant.
    double sum;
    int count;
    long instant;

    /// <summary>Adds a number. One that is older than the last counts as of the same instant.</summary>
    public double Add(double number, long now, long halfLife)
    {
        if (count > 0 && now > instant)
        {
            before = Mean;
            left = Math.Pow(2, -(double)(now - instant) / halfLife);
            (sum, count) = (0, 0);
        }
        if (count == 0) instant = now;
        sum += number;
        count++;
        return Mean;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(before);
        writer.Write(left);
        writer.Write(sum);
        writer.Write(count);
        writer.WriteMoment(instant);
    }

    public void Load(StateReader reader) =>
        (before, left, sum, count, instant) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadMoment());

    readonly double Mean => left * before + (1 - left) * (sum / count);
}
