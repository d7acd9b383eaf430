using Godot.Statistics;

namespace Godot;

/// <summary>
/// Adds up metrics, and at the end of every interval in which there were any emits the last event with one number made of them.
/// </summary>
/// <param name="fold">Makes it of the sum and of how many there were; what is not finite is dropped.</param>
sealed class IntervalStage(TimeSpan interval, Func<double, long, double> fold) : TallyStage<IntervalStage.Tally>(interval)
{
    protected internal override string? StateShape => "by interval";

    public struct Tally
    {
        public CompensatedSum Sum;
        public long Count;
    }

    protected override Tally Begin() => default;

    protected override bool Take(EventView e, ref Tally tally)
    {
        if (e.Metric is not { } metric || !tally.Sum.TryAdd(metric)) return false;
        tally.Count++;
        return true;
    }

    protected override void Report(EventView last, Tally tally)
    {
        double folded = fold(tally.Sum.Value, tally.Count);
        if (double.IsFinite(folded)) Send(last with { Metric = folded });
    }

    protected override void Save(Tally tally, StateWriter writer)
    {
        writer.Write(tally.Count);
        tally.Sum.Save(writer);
    }

    protected override void Load(ref Tally tally, StateReader reader)
    {
        tally.Count = reader.ReadInt64();
        tally.Sum.Load(reader);
    }
}
