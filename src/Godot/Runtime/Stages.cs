using Godot.Memory;
using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>Passes what its filter lets pass; drops the rest.</summary>
sealed class FilterStage(Filter filter) : Stage
{
    internal override bool ServesAllKeys => true;

    internal override bool KeepsNothing => true;

    public override void On(EventView e)
    {
        if (filter.Passes(e)) Send(e);
    }
}

/// <summary>Hands everything to each branch, in order, then on.</summary>
sealed class ForkStage(Stage[] branches) : Stage
{
    internal override bool ServesAllKeys => true;

    internal override bool KeepsNothing => true;

    public override void On(EventView e)
    {
        foreach (Stage branch in branches) branch.Receive(e);
        Send(e);
    }

    internal override void OnBatch(IReadOnlyList<Event> batch)
    {
        foreach (Stage branch in branches) branch.Receive(batch);
        Send(batch);
    }
}

/// <summary>Hands each event to the first branch whose filter lets it pass, or that has none; drops what no branch takes.</summary>
sealed class SplitStage((Filter? Filter, Stage? Stage)[] branches) : Stage
{
    internal override bool ServesAllKeys => true;

    internal override bool KeepsNothing => true;

    public override void On(EventView e)
    {
        foreach ((Filter? filter, Stage? stage) in branches)
        {
            if (filter?.Passes(e) == false) continue;
            stage?.Receive(e);
            return;
        }
    }
}

/// <summary>
/// Puts a copy of everything into the emission buffer of whoever runs the lane; it is handed over when the lane's lock is free.
/// </summary>
sealed class ExitStage(Lane lane, Target target) : Stage
{
    internal override bool ServesAllKeys => true;

    internal override bool KeepsNothing => true;

    public override void On(EventView e) => lane.Pass.Emit(target, e);

    internal override void OnBatch(IReadOnlyList<Event> batch) => lane.Pass.Emit(target, batch);
}

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
