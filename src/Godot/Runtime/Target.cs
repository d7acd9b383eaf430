using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>
/// Where a segment's emissions go: the next segment, a topic, an output, or whoever listens in a test. Numbered in the order in which
/// events pass.
/// </summary>
abstract class Target(int id, string reactor)
{
    /// <summary>Higher than that of everything that sends to it.</summary>
    public int Id => id;

    public string Reactor => reactor;
}

/// <summary>The way to a topic. What comes here is handed to the topic's subscribers when all who publish on it have been run.</summary>
sealed class Publication(int id, string reactor, string topic) : Target(id, reactor)
{
    public string Topic => topic;
}

/// <summary>Where events leave the engine. No lane's lock is held.</summary>
abstract class WayOut(int id, string reactor) : Target(id, reactor)
{
    public abstract void Take(EventView e);

    public abstract void Take(IReadOnlyList<Event> batch);
}

/// <summary>The way out to an output, a queue for each of its parts.</summary>
/// <param name="key">The fields whose values are the key of what comes here.</param>
sealed class Sink(int id, string reactor, string step, Field[] key, OutputQueue[] queues, NotificationNumbers numbers) : WayOut(id, reactor)
{
    public override void Take(EventView e) => Take([e.ToEvent()], NotificationKind.Event);

    public override void Take(IReadOnlyList<Event> batch) => Take(batch, NotificationKind.Batch);

    void Take(IReadOnlyList<Event> events, NotificationKind kind)
    {
        Notification notification = new(Reactor, events, numbers.Next()) { Step = step, Kind = kind, DividedBy = key };
        foreach (OutputQueue queue in queues) queue.Enqueue(notification);
    }
}

/// <summary>The way out to an output that tells people: what a silence holds back does not take it.</summary>
sealed class HushableWay(WayOut way, AlertDesk alerts) : WayOut(way.Id, way.Reactor)
{
    public override void Take(EventView e)
    {
        if (!alerts.Desk.AnySilence || !alerts.Desk.IsHushed(Reactor, e.ToEvent())) way.Take(e);
    }

    public override void Take(IReadOnlyList<Event> batch)
    {
        if (!alerts.Desk.AnySilence) way.Take(batch);
        else if (batch.Where(e => !alerts.Desk.IsHushed(Reactor, e)).ToArray() is { Length: > 0 } left) way.Take(left);
    }
}

/// <summary>The way out of a recipe's last verb, or to an output, where somebody listens.</summary>
sealed class TapTarget(int id, string reactor, ITap tap) : WayOut(id, reactor)
{
    public override void Take(EventView e) => tap.On(Reactor, e);

    public override void Take(IReadOnlyList<Event> batch) => tap.On(Reactor, batch);
}
