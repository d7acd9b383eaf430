using System.Globalization;

namespace Godot.Bench;

/// <summary>What a program says that it measured: a line such as <c>sent=1000 seconds=0.25</c>.</summary>
sealed class Reading(string line)
{
    readonly Dictionary<string, double> values = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));

    public double this[string name] =>
        values.TryGetValue(name, out double value) ? value : throw new InvalidDataException($"\"{line}\" does not say {name}.");

    public static string Line(params IEnumerable<(string Name, double Value)> values) =>
        string.Join(' ', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Name}={value.Value:R}")));
}
