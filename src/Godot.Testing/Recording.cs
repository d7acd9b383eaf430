using Godot.Common;
using Godot.Runtime;

namespace Godot;

/// <summary>Keeps what a recipe under test emits, and what its outputs would have been handed, in order.</summary>
sealed class Recording(VirtualClock clock) : ITap
{
    readonly List<Emission> emitted = [];
    readonly List<Sending> sent = [];

    public IReadOnlyList<Emission> Emitted
    {
        get
        {
            lock (emitted) return [.. emitted];
        }
    }

    public IReadOnlyList<Sending> Sent
    {
        get
        {
            lock (sent) return [.. sent];
        }
    }

    public void On(string reactor, EventView e) => On(reactor, [e.ToEvent()]);

    public void On(string reactor, IReadOnlyList<Event> batch)
    {
        lock (emitted) emitted.Add(new Emission(clock.Elapsed, batch));
    }

    public ITap InPlaceOf(OutputRecipe output) => new AtOutput(this, output);

    void Sending(OutputRecipe output, IReadOnlyList<Event> events)
    {
        lock (sent) sent.Add(new Sending(clock.Elapsed, output, events));
    }

    sealed class AtOutput(Recording all, OutputRecipe output) : ITap
    {
        public void On(string reactor, EventView e) => all.Sending(output, [e.ToEvent()]);

        public void On(string reactor, IReadOnlyList<Event> batch) => all.Sending(output, batch);

        // What an alert says is what comes out of it.
        public void On(string channel, Notification notification)
        {
            all.On(notification.Reactor, notification.Events);
            all.Sending(output, notification.Events);
        }
    }
}
