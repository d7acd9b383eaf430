using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// At the end of every interval, emits how many different values a field had. That is the metric of the last event with the field, its
    /// time is now. Nothing else passes, and nothing comes of an interval without the field. Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that count have the same.
    /// Up to 1,024 values it is exact. Beyond that it is an estimate (HyperLogLog) with a standard error of 0.8 %: 19 times of 20 it is off
    /// by less than 1.6 %. Events without the field do not count; their metric does not matter. A text and a number are different values,
    /// even if they look the same. Intervals go by arrival; the first begins with the first event, and they follow each other without a
    /// gap. When the server stops or the key is freed, the count so far is emitted. Memory: the last event per key, and about 20 bytes per
    /// value, but never more than 40 KB. One timer per key, and only while there is something to emit.
    /// </remarks>
    /// <param name="interval">How long values are gathered.</param>
    /// <param name="field">
    /// The field's name, <see cref="Field.Meta"/> or <see cref="Field.Member"/>. <c>"tags"</c> is looked at as a whole.
    /// </param>
    /// <exception cref="ArgumentException">The interval is not longer than zero, or there is no such field.</exception>
    public Reactor DistinctCount(TimeSpan interval, Field field)
    {
        RecipeRules.Positive(interval, "DistinctCount's interval", nameof(interval));
        if (field == default) throw new ArgumentException("Name the field to look at, such as \"host\".", nameof(field));
        return Add($"DistinctCount({RecipeText.Of(interval)}, {field})", Scope.All, () => new DistinctCountStage(interval, field));
    }
}

sealed class DistinctCountStage(TimeSpan interval, Field field) : TallyStage<DistinctSketch>(interval)
{
    readonly KeyText text = new();

    protected override DistinctSketch Begin() => new();

    protected override bool Take(EventView e, ref DistinctSketch values)
    {
        text.Clear();
        ReadOnlySpan<byte> value = text[text.Add(e, [field])];
        if (value[0] is (byte)MetaKind.Missing or (byte)MetaKind.Null) return false;
        values.Add(StableHash.Of(value));
        return true;
    }

    protected override void Report(EventView last, DistinctSketch values) => Send(last with { Metric = values.Count });

    protected override void Save(DistinctSketch values, StateWriter writer) => values.Save(writer);

    protected override void Load(ref DistinctSketch values, StateReader reader) => values.Load(reader);
}
