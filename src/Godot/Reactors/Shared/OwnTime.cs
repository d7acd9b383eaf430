using Godot.Events;

namespace Godot;

/// <summary>
/// What time it is by the events of one key, in 100 ns. An event that says no time, or one that is yet to come, is of the moment of its
/// arrival, and that goes by the monotonic clock, on from the newest event. So do all while the newest is ahead of the calendar, which can
/// happen only if the calendar was set back: nothing is late then, and no time is missing between two events.
/// </summary>
struct OwnTime
{
    // And when it was that by Now.
    long at;
    bool begun, resumed;

    /// <summary>The time of the newest event.</summary>
    public long Newest { get; private set; }

    /// <summary>The time of this event.</summary>
    public long Of(EventView e, Stage stage)
    {
        long now = stage.Now, calendar = stage.UtcNow, arrival = begun ? Newest + now - at : calendar;
        // While no engine ran, the calendar alone went on.
        if (resumed) arrival = Math.Max(arrival, calendar);
        ref readonly EventRow row = ref e.Row;
        bool wasSetBack = begun && Newest - calendar > Stage.ClockWasSet;
        long time = row.Has(FieldSet.Time) && row.Time <= calendar && !wasSetBack ? row.Time : arrival;
        if (!begun || time > Newest) (Newest, at) = (time, now);
        (begun, resumed) = (true, false);
        return time;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(begun);
        if (!begun) return;
        writer.Write(Newest);
        writer.WriteMoment(at);
    }

    public void Load(StateReader reader)
    {
        if (!reader.ReadBoolean()) return;
        (Newest, at) = (reader.ReadInt64(), reader.ReadMoment());
        begun = resumed = true;
    }

    /// <summary>Goes on from a time that was saved before moments were.</summary>
    public void Resume(long newest, StateReader reader) => (Newest, at, begun, resumed) = (newest, reader.Now, true, true);
}
