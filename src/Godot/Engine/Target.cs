namespace Godot;

/// <summary>Where a segment's emissions go: the next segment, an output, or whoever listens in a test. Numbered in the order in which events pass.</summary>
abstract class Target(int id, string reactor)
{
    /// <summary>Higher than that of everything that sends to it.</summary>
    public int Id => id;

    public string Reactor => reactor;
}

/// <summary>The way out to an output.</summary>
sealed class Sink(int id, string reactor, OutputQueue queue) : Target(id, reactor)
{
    public void Take(EventView e) => queue.Enqueue(new Notification(Reactor, [e.ToEvent()]));

    public void Take(IReadOnlyList<Event> batch) => queue.Enqueue(new Notification(Reactor, batch));
}

/// <summary>The way out of a recipe's last verb, where somebody listens.</summary>
sealed class TapTarget(int id, string reactor, ITap tap) : Target(id, reactor)
{
    public void Take(EventView e) => tap.On(Reactor, e);

    public void Take(IReadOnlyList<Event> batch) => tap.On(Reactor, batch);
}
