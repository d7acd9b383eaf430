namespace Godot.Statistics;

/// <summary>
/// What is known about some numbers. What is known about two lots can be put together: that is all that a moving window asks for.
/// </summary>
interface ISummary<T>
    where T : struct, ISummary<T>
{
    /// <summary>What is known about both together.</summary>
    static abstract T Merge(in T earlier, in T later);

    void Save(StateWriter writer);

    static abstract T Load(StateReader reader);
}
