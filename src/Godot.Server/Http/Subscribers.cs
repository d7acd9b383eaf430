namespace Godot;

/// <summary>Those who follow the events over HTTP: each is a reactor for as long as it is connected.</summary>
sealed class Subscribers(Engine engine, GodotServerOptions options)
{
    readonly Lock gate = new();
    readonly Subscriber?[] slots = new Subscriber?[options.MaxSubscribers];
    long refused, dropped;
    bool ended;

    public int Count
    {
        get { lock (gate) return slots.Count(slot => slot is not null); }
    }

    /// <summary>Those who found no place.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Events that were lost because a subscriber was too slow.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Runs a reactor for a new subscriber; null if there are as many as may be, or the server stops.</summary>
    public Subscriber? TryAdd(Reactor recipe, StreamFormat format)
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
            subscriber = slots[free] = new Subscriber(free, format, options.SubscriberBufferBytes, lost => Interlocked.Add(ref dropped, lost));
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
        subscriber.End();
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

    void Free(Subscriber subscriber)
    {
        lock (gate) slots[subscriber.Slot] = null;
    }
}
