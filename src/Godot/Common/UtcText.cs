using System.Globalization;

namespace Godot.Common;

/// <summary>Moments of the calendar as texts, in UTC.</summary>
static class UtcText
{
    /// <summary>ISO 8601, with as many decimals as there are.</summary>
    public static string Exact(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
