namespace Godot;

/// <summary>stub</summary>
public abstract class Stage
{
    /// <summary>stub</summary>
    public abstract void On(EventView e);
}
/// <summary>stub</summary>
public abstract class Stage<TState> : Stage where TState : struct;
sealed record Filter;
