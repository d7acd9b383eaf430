namespace Godot;

public sealed partial class BatchReactor
{
    Reactor Fold(string verb, Func<ReadOnlySpan<double>, double> fold) => ToEvents($"{verb}()", () => new FoldStage(fold, whole: false));

    // For folds that mean something only if every event has a metric.
    Reactor FoldWhole(string verb, Func<ReadOnlySpan<double>, double> fold) =>
        ToEvents($"{verb}()", () => new FoldStage(fold, whole: true));
}

/// <summary>
/// Makes one number of each batch's metrics, and hands it on in the last event that has one: without the names that not all have.
/// </summary>
/// <param name="fold">At least one metric is handed to it.</param>
/// <param name="whole">Every event must have one.</param>
sealed class FoldStage(Func<ReadOnlySpan<double>, double> fold, bool whole) : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        double[] metrics = new double[batch.Count];
        int count = 0;
        Event? last = null;
        foreach (Event e in batch)
        {
            if (e.Metric is not { } metric) continue;
            metrics[count++] = metric;
            last = e;
        }
        if (last is null || (whole && count < batch.Count)) return;
        double folded = fold(metrics.AsSpan(0, count));
        if (double.IsFinite(folded)) Send((last.View with { Metric = folded, Time = TimeOf(batch,
            last) }).Without(Differing(batch.Where(static e => e.Metric is not null))));
    }
}
