using System.Globalization;
using System.Security;
using Godot.Common;

namespace Godot;

/// <summary>
/// A time in which a policy says nothing: once, daily or weekly, by the clocks of a zone, its summer time included. An hour that comes
/// twice, or never, is no second window.
/// </summary>
public sealed class Window
{
    const string Form = "write \"Sun 02:00-04:00\", \"Mon-Fri 22:00-07:00\" or \"daily 22:00-07:00\"";

    static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    readonly string text;

    // Weekly: on which days it begins, when, and how long after by the clock on the wall. Once: from when to when.
    readonly bool[] days = new bool[7];
    readonly TimeSpan begin, length;
    readonly TimeZoneInfo zone = TimeZoneInfo.Utc;
    readonly (DateTimeOffset From, DateTimeOffset To)? once;

    Window(DateTimeOffset from, DateTimeOffset to) =>
        (once, text) = ((from, to), string.Create(CultureInfo.InvariantCulture, $"Window.Once({from:u}, {to:u})"));

    Window(string times, string zone)
    {
        text = $"Window.Weekly({RecipeText.Quote(times)}, {RecipeText.Quote(zone)})";
        this.zone = Zone(zone);
        string[] parts = times.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is not [var on, var hours] || !ReadDays(on) || !ReadHours(hours, out begin, out length))
            throw new ArgumentException($"\"{PlainText.Line(times)}\" is not a window; {Form}.", nameof(times));
    }

    /// <summary>
    /// A window that comes every week, or every day: <c>Weekly("Sun 02:00-04:00", "Europe/Berlin")</c>, <c>"Mon-Fri 22:00-07:00"</c>,
    /// <c>"daily 22:00-07:00"</c>. One that ends before it begins goes on to the next day.
    /// </summary>
    /// <param name="times">The days on which it begins, in English, and the times.</param>
    /// <param name="zone">The zone of the times, such as <c>Europe/Berlin</c>.</param>
    /// <exception cref="ArgumentException">
    /// The times cannot be read, or there is no such zone on this machine; the message says what to write, or to install.
    /// </exception>
    public static Window Weekly(string times, string zone = "UTC")
    {
        ArgumentNullException.ThrowIfNull(times);
        RecipeRules.NotEmpty(zone, "A window's zone", nameof(zone));
        return new Window(times, zone);
    }

    /// <summary>A window that comes once.</summary>
    /// <exception cref="ArgumentException">It ends before it begins.</exception>
    public static Window Once(DateTimeOffset from, DateTimeOffset to) =>
        to > from ? new Window(from, to) : throw new ArgumentException("A window must end after it begins.", nameof(to));

    /// <summary>When the window that covers a moment ends; null if none does.</summary>
    internal DateTimeOffset? EndAt(DateTimeOffset moment)
    {
        DateTimeOffset? end = null;
        foreach ((DateTimeOffset from, DateTimeOffset to) in Around(moment))
            if (from <= moment && moment < to && (end is null || to > end)) end = to;
        return end;
    }

    /// <summary>The window as it was written.</summary>
    public override string ToString() => text;

    // All that may cover the moment: it began on that day by its zone's calendar, on the day before, or, where clocks differ, on the next.
    IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Around(DateTimeOffset moment)
    {
        if (once is { } window) return [window];
        DateTime today = TimeZoneInfo.ConvertTime(moment, zone).Date;
        return from day in (int[])[-2, -1, 0, 1]
               let date = today.AddDays(day)
               where days[(int)date.DayOfWeek]
               select (Moment(date + begin, first: true), Moment(date + begin + length, first: false));
    }

    // A time of the wall clock that comes twice is its first time as a beginning and its second as an end; one that never comes is that
    // to which the clocks are put forward.
    DateTimeOffset Moment(DateTime local, bool first)
    {
        DateTime at = local;
        while (zone.IsInvalidTime(at)) at = at.AddMinutes(1);
        TimeSpan offset = zone.IsAmbiguousTime(at)
            ? first ? zone.GetAmbiguousTimeOffsets(at).Max() : zone.GetAmbiguousTimeOffsets(at).Min()
            : zone.GetUtcOffset(at);
        return new DateTimeOffset(at, offset);
    }

    bool ReadDays(string text)
    {
        string on = text.ToLowerInvariant();
        if (on == "daily")
        {
            Array.Fill(days, true);
            return true;
        }
        foreach (string part in on.Split(','))
        {
            string[] ends = part.Split('-');
            int from = Array.IndexOf(Days, ends[0]), to = Array.IndexOf(Days, ends[^1]);
            if (ends.Length > 2 || from < 0 || to < 0) return false;
            for (int day = from; ; day = (day + 1) % 7)
            {
                days[day] = true;
                if (day == to) break;
            }
        }
        return true;
    }

    static bool ReadHours(string text, out TimeSpan begin, out TimeSpan length)
    {
        (begin, length) = (default, default);
        if (text.Split('-') is not [var from, var to] || !ReadTime(from, out begin) || !ReadTime(to, out TimeSpan end)) return false;
        length = end > begin ? end - begin : end + TimeSpan.FromDays(1) - begin;
        return begin < TimeSpan.FromDays(1);
    }

    // 24:00 is the end of the day.
    static bool ReadTime(string text, out TimeSpan time)
    {
        time = default;
        if (text.Split(':') is not [{ Length: 1 or 2 } hours, { Length: 2 } minutes]
            || !int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out int h)
            || !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out int m)) return false;
        time = new TimeSpan(h, m, 0);
        return m < 60 && time <= TimeSpan.FromDays(1);
    }

    static TimeZoneInfo Zone(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        // The last is what a folder of zones is taken for: "Europe".
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException)
        {
            throw new ArgumentException(
                $"This machine knows no time zone \"{PlainText.Line(name)}\". If the name is right, install the zones: apt-get install "
                    + "tzdata.", nameof(name), e);
        }
    }
}
