namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>Emits the first event of each batch as it is; drops the others. Looks at each batch by itself.</summary>
    public Reactor First() => ToEvents("First()", () => new CombineStage(static batch => batch[0]));
}
