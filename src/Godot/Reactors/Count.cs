using System.Globalization;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// At the end of every interval in which events with a metric came, emits the last of them: its metric is how many there were, its time
    /// is now, and it has one more tag, such as "per 1.5s". Nothing else passes. Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that count have the same.
    /// Events without a metric are not counted. The first interval begins with the first event; from then on they follow each other without
    /// a gap. When the server stops or the key is freed, the count so far is emitted. Memory: the last event per key. One timer per key,
    /// and only while there is something to emit.
    /// </remarks>
    /// <exception cref="ArgumentException">The interval is not longer than zero.</exception>
    public Reactor Count(TimeSpan interval)
    {
        RecipeRules.Positive(interval, "Count's interval", nameof(interval));
        return Add($"Count({RecipeText.Of(interval)})", Scope.All, () => new CountStage(interval));
    }
}

public sealed partial class BatchReactor
{
    /// <summary>Emits, of each batch, its last event with how many there were as its metric. Looks at each batch by itself.</summary>
    /// <remarks>
    /// Events without a metric count, too. Host and service are there if all have the same. Its time is now, or its own, if the window goes
    /// by the events' own time.
    /// </remarks>
    public Reactor Count() => ToEvents("Count()", static () => new BatchCountStage());
}

sealed class CountStage(TimeSpan interval) : TallyStage<int>(interval)
{
    readonly string tag = string.Create(CultureInfo.InvariantCulture, $"per {interval.TotalSeconds}s");

    protected override int Begin() => 0;

    protected override bool Take(EventView e, ref int count)
    {
        if (e.Metric is null) return false;
        count++;
        return true;
    }

    protected override void Report(EventView last, int count) => Send(last with { Metric = count, Tags = [.. last.Tags, tag] });

    protected override void Save(int count, StateWriter writer) => writer.Write(count);

    protected override void Load(ref int count, StateReader reader) => count = reader.ReadInt32();
}

sealed class BatchCountStage : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch) =>
        Send((batch[^1].View with { Metric = batch.Count, Time = TimeOf(batch, batch[^1]) }).Without(Differing(batch)));
}
