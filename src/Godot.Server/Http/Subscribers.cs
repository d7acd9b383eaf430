using Godot.Recipes;

namespace Godot;

/// <summary>Those who follow the events over HTTP: each is a reactor for as long as it is connected.</summary>
sealed class Subscribers
{
    readonly Engine engine;
    readonly GodotServerOptions options;

    // One after the other: all their queries take one processor at most.
    readonly TaskScheduler looking = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    readonly Lock gate = new();
    readonly Subscriber?[] slots;
    long refused, dropped;
    bool ended;

    public Subscribers(Engine engine, GodotServerOptions options)
    {
        (this.engine, this.options, slots) = (engine, options, new Subscriber?[options.MaxSubscribers]);
        engine.Commanded += Tell;
    }

    public int Count
    {
        get { lock (gate) return slots.Count(slot => slot is not null); }
    }

    /// <summary>Those who found no place.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Events that were lost because a subscriber was too slow.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Runs a reactor for a new subscriber; null if there are as many as may be, or the server stops.</summary>
    /// <param name="recipe">What is asked where the events pass.</param>
    /// <param name="rest">What is asked elsewhere of those that come out, because it may take long; null: nothing.</param>
    /// <param name="commands">Which commands it is told of, too, so that what it records can be replayed; null: none.</param>
    public Subscriber? TryAdd(Reactor recipe, Filter? rest, StreamFormat format, Query? commands = null)
    {
        Subscriber subscriber;
        lock (gate)
        {
            int free = Array.IndexOf(slots, null);
            if (free < 0 || ended)
            {
                refused++;
                return null;
            }
            int buffer = options.SubscriberBufferBytes;
            subscriber = slots[free] = new Subscriber(free, format, buffer, lost => Interlocked.Add(ref dropped, lost), rest, looking)
            {
                Commands = commands,
            };
        }
        bool runs = false;
        try
        {
            engine.Add(recipe, subscriber.Name, subscriber);
            runs = true;
        }
        catch (ObjectDisposedException)
        {
            // The engine has stopped; the HTTP port is about to.
        }
        finally
        {
            if (!runs) Free(subscriber);
        }
        return runs ? subscriber : null;
    }

    public void Remove(Subscriber subscriber)
    {
        subscriber.Leave();
        engine.Remove(subscriber.Name);
        Free(subscriber);
    }

    /// <summary>The server stops: nobody new, and the streams end.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            foreach (Subscriber? subscriber in slots) subscriber?.End();
        }
    }

    void Tell(Event command)
    {
        lock (gate)
        {
            foreach (Subscriber? subscriber in slots)
                if (subscriber?.Commands?.Matches(command) == true) subscriber.On(subscriber.Name, command);
        }
    }

    void Free(Subscriber subscriber)
    {
        lock (gate) slots[subscriber.Slot] = null;
    }
}
