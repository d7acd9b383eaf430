using Godot.Memory;

namespace Godot.Runtime;

/// <summary>One instance of a stage with ordinary fields for each key.</summary>
sealed class PerKeyStage(Func<Stage> make, Stage first) : Stage
{
    // A stage's own fields and a few of the user's.
    const int InstanceSize = 128;

    readonly Slab<Stage?> instances = new();
    Stage? spare = first;

    internal override bool ServesAllKeys => true;

    internal override bool KeepsState => true;

    internal override void Prefetch(int key) => Cache.Prefetch(in instances[key]);

    internal override void PrefetchKept(int key) => Cache.Prefetch(instances[key], InstanceSize);

    public override void On(EventView e) => Of(Host.Key).On(e);

    internal override void OnBatch(IReadOnlyList<Event> batch) => Of(Host.Key).OnBatch(batch);

    internal override void FlushKey(int key) => instances[key]?.FlushKey(key);

    protected internal override int StateVersion { get; } = first.StateVersion;

    protected internal override string? StateShape { get; } = first.StateShape;

    protected internal override TimeSpan Remembers { get; } = first.Remembers;

    internal override bool MayBeForced { get; } = first.MayBeForced;

    internal override string? DescribeKey(int key) =>
        instances[key] is { } stage ? stage.DescribeKey(key) : InWords.NotCome;

    internal override long? DueOf(int key) => instances[key]?.DueOf(key);

    internal override void SaveKey(int key, StateWriter state) => instances[key]?.SaveKey(key, state);

    internal override void LoadKey(int key, StateReader state) => Of(key).LoadKey(key, state);

    internal override bool MayForget(int key) => instances[key]?.MayForget(key) ?? true;

    internal override void Release(int key) => instances[key] = null;

    internal override void FreePageOf(int key) => instances.FreePageOf(key);

    Stage Of(int key)
    {
        if (instances[key] is { } stage) return stage;
        stage = spare ?? SegmentShard.Fresh(make);
        spare = null;
        (stage.Host, stage.Slot, stage.Key, stage.Birth) = (Host, Slot, key, Host.BirthOf(key));
        return instances[key] = stage;
    }
}
