using System.Globalization;

namespace Godot;

/// <summary>How many events a time brought; written by the reactor's process, read by the command's.</summary>
readonly record struct Count(long Events, double Seconds)
{
    public double PerSecond => Events / Seconds;

    public static Count Parse(string text)
    {
        string[] words = text.Split(' ');
        return new(long.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Events} {Seconds:R}");
}
