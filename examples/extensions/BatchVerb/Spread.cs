using Godot;

/// <summary>Makes one event of a batch: the last, with the distance of the largest metric to the smallest.</summary>
sealed class SpreadStage : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        double?[] metrics = [.. batch.Select(e => e.Metric).Where(metric => metric is not null)];
        if (metrics.Length == 0) return;
        Event last = batch[^1];
        Send(last with { Metric = metrics.Max() - metrics.Min(), Time = TimeOf(batch, last) });
    }
}

public static class SpreadReactor
{
    extension(BatchReactor reactor)
    {
        /// <summary>How far the metrics of each batch are apart. Looks at each batch by itself.</summary>
        public Reactor Spread() => reactor.ThenEvents(() => new SpreadStage(), verb: "Spread()");
    }
}
