using System.Globalization;
using Godot.Common;

namespace Godot.Survival;

/// <summary>What becomes of saved state, verb by verb, for people to read.</summary>
static class CarriedTable
{
    public static string Line(CarriedState state)
    {
        string what = PlainText.Printable($"{state.Reactor}: {state.Step}, {state.Text}");
        return $"{what}: {Keys(state.Keys)}{(state.LeftOut is null ? "" : $": {state.LeftOut}")}";
    }

    public static string Keys(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? "key" : "keys")}");

    /// <summary>How old something is that was so at a moment; a calendar that was set back makes nothing younger than now.</summary>
    public static string Age(DateTimeOffset moment, DateTimeOffset now) =>
        Notice.Duration(TimeSpan.FromSeconds(Math.Max(0, Math.Round((now - moment).TotalSeconds))));
}
