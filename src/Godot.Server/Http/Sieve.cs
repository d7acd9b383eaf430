using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// Looks at events with a stranger's filter, which may take long, and so never on a thread that brings events: those only copy what comes
/// into a bounded buffer. What does not fit there is lost to the
/// subscriber, and told in its place.
/// </summary>
/// <param name="filter">Asked by one thread at a time.</param>
/// <param name="room">So many bytes may wait, and one event more; as many again are being looked at.</param>
/// <param name="scheduler">Where it looks, a slice at a time.</param>
sealed class Sieve(Filter filter, int room, TaskScheduler scheduler, Subscriber to)
{
    // Then others that wait for the scheduler have their turn.
    static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();

    // What came since, and how many were lost behind that.
    Block coming = new();
    long lost;
    bool runs, ended;

    // What is looked at, up to the next of it, and how many were lost behind it; only by who looks.
    Block looked = new();
    int next;
    long lostBehind;

    volatile bool unread;

    public void Take(EventView e)
    {
        lock (gate)
        {
            if (ended) return;
            if (lost > 0 || coming.Used + (coming.Count * Unsafe.SizeOf<EventRow>()) > room) lost++;
            else coming.Add(e);
            if (runs) return;
            runs = true;
            Schedule();
        }
    }

    /// <summary>Nothing comes any more. What is there is still looked at, unless nobody reads it.</summary>
    public void End(bool isRead)
    {
        unread |= !isRead;
        lock (gate)
        {
            ended = true;
            if (runs) return;
        }
        to.Complete();
    }

    void Schedule() =>
        Task.Factory.StartNew(static state => ((Sieve)state!).Look(), this, default, TaskCreationOptions.None, scheduler);

    void Look()
    {
        long since = TimeProvider.System.GetTimestamp();
        while (next < looked.Count || TakeMore())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Slice)
            {
                Schedule();
                return;
            }
            if (next < looked.Count) Look(looked[next++]);
        }
    }

    void Look(EventView e)
    {
        try
        {
            if (filter.Passes(e)) to.Pass(e);
        }
        catch (RegexMatchTimeoutException)
        {
            to.Lose(1);
        }
    }

    // False: there is nothing, and whoever takes an event in next has it looked at.
    bool TakeMore()
    {
        if (lostBehind > 0) to.Lose(lostBehind);
        bool end;
        lock (gate)
        {
            next = 0;
            looked.Clear();
            (coming, looked, lostBehind, lost) = (looked, coming, lost, 0);
            if (unread) looked.Clear();
            if (looked.Count > 0) return true;
            runs = false;
            end = ended;
        }
        if (end) to.Complete();
        return false;
    }
}
