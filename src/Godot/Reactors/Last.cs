namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>Emits the last event of each batch as it is; drops the others. Looks at each batch by itself.</summary>
    public Reactor Last() => ToEvents("Last()", () => new CombineStage(static batch => batch[^1]));
}
