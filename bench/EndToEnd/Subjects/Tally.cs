namespace Godot.Bench;

/// <summary>The end of a recipe whose emissions are only counted.</summary>
sealed class Tally : Stage<Tally.Nothing>
{
    public struct Nothing;

    public long Count { get; private set; }

    protected override void On(EventView e, ref Nothing state) => Count++;
}
