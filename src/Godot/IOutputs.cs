using Godot.Recipes;

namespace Godot;

/// <summary>
/// What outputs can be added to, each with the same words: <c>Email</c>, <c>Sms</c>, <c>To</c>. A <see cref="Reactor"/> hands them events,
/// a <see cref="BatchReactor"/> batches, an <see cref="AlertReactor"/> and a <see cref="Policy"/> incidents.
/// </summary>
/// <typeparam name="T">The kind itself: what is continued is of the same kind.</typeparam>
public interface IOutputs<T>
    where T : IOutputs<T>
{
    internal T Add(OutputStep output);
}
