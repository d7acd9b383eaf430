using Godot.Runtime;

namespace Godot.Tests;

/// <summary>Writes down what recipes emit: <c>service=metric</c>, batches in brackets.</summary>
sealed class Recorder : ITap
{
    readonly Lock gate = new();
    readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    public void On(string reactor, EventView e) => Write(Show(e.ToEvent()));

    public void On(string reactor, IReadOnlyList<Event> batch) => Write($"[{string.Join(' ', batch.Select(Show))}]");

    static string Show(Event e) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(e.Host is null ? "" : e.Host + "/")}{e.Service}={e.Metric}");

    void Write(string line)
    {
        lock (gate) lines.Add(line);
    }
}
