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
