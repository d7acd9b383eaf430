namespace Godot.Runtime;

/// <summary>Listens to what the last verb of a recipe emits, in order, without a queue between: for tests and for replay.</summary>
interface ITap
{
    void On(string reactor, EventView e);

    void On(string reactor, IReadOnlyList<Event> batch);

    /// <summary>What the desk tells, where it listens in an output's place. Default: the events, as a batch.</summary>
    void On(string channel, Notification notification) => On(notification.Reactor, notification.Events);

    /// <summary>What the desk decided, before anything of it is told. Default: nothing comes of it.</summary>
    void On(LedgerLine line)
    {
    }

    /// <summary>
    /// Who listens at an output in its place: the output is not opened then. Default: nobody, and the output gets what is its own.
    /// </summary>
    ITap? InPlaceOf(OutputRecipe output) => null;
}
