namespace Godot;

/// <summary>Which time a statistic goes by.</summary>
public enum TimeOf
{
    /// <summary>When events arrive, by the monotonic clock: a host whose own clock is wrong is treated like the others.</summary>
    Arrival,

    /// <summary>
    /// What the events themselves say: events that were held up on the way, or are sent in lots, count as of when they happened. A time ahead of the monitor's clock counts
    /// as that of arrival, so that one wrong clock does not make all that follow late.
    /// </summary>
    Event,
}
