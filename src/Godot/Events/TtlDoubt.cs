using System.Globalization;

namespace Godot.Events;

/// <summary>What is probably not meant by an event's ttl. Sentences for people; nothing is refused because of them.</summary>
static class TtlDoubt
{
    /// <summary>What a ttl of zero says.</summary>
    public const string Zero =
        "a ttl of 0 is over as soon as the event arrives: Expire() calls its series expired at once; leave ttl out if it is not to be "
            + "watched.";

    /// <summary>A sentence, or null if there is no doubt.</summary>
    public static string? In(Event e)
    {
        if (e.Ttl == TimeSpan.Zero) return Zero;
        if (e.Source is not { } source || e.Given != FieldSet.None || e.Ttl is null) return null;
        (double? time, double? ttl) = (null, null);
        for (JsonWalk walk = new(source.View.Json); walk.NextMember();)
        {
            FieldSet part = MemberNames.Find(walk.Name, walk.NameEscaped);
            if (part == FieldSet.Time) time = Number(walk.Value);
            if (part == FieldSet.Ttl) ttl = Number(walk.Value);
        }
        if (ttl is null || time is not { } written || Math.Abs(written) is <= EventRules.LastSecond or > 1e14) return null;
        return ttl >= 1000
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"a time in milliseconds makes a ttl of 1000 or more milliseconds: {ttl} is {ttl / 1000} s; "
                + $"write the time in seconds if the ttl is in seconds.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"a ttl below 1000 is seconds even beside a time in milliseconds: {ttl} is {ttl} s; "
                + $"write 1000 or more for milliseconds, or the time in seconds.");
    }

    static double? Number(ReadOnlySpan<byte> json) =>
        double.TryParse(json, CultureInfo.InvariantCulture, out double number) ? number : null;
}
