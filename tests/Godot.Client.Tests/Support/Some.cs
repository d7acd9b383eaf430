using System.Text.Json;
using System.Threading.Channels;

namespace Godot.Client.Tests;

/// <summary>Events, and what the client says about its connection.</summary>
static class Some
{
    /// <summary>An event that is told from others by its number.</summary>
    public static Event Event(int number) => new() { Service = "s", Metric = number };

    public static IEnumerable<Event> Events(int count, int from = 0) => Enumerable.Range(from, count).Select(Event);

    /// <summary>An event whose line takes about so many bytes.</summary>
    public static Event EventOf(int bytes) => new() { Description = new('x', bytes) };

    /// <summary>The number of the event on a line, which must be whole.</summary>
    public static int Number(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("metric").GetInt32();
    }

    public static List<int> Numbers(IEnumerable<string> lines) => [.. lines.Select(Number)];

    /// <summary>The lines of one write or datagram.</summary>
    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every change of the client's connection from now on.</summary>
    public static Channel<ConnectionChange> Changes(this GodotClient client)
    {
        Channel<ConnectionChange> changes = Channel.CreateUnbounded<ConnectionChange>();
        client.ConnectionChanged += (_, change) => changes.Writer.TryWrite(change);
        return changes;
    }

    /// <summary>The next change to this state; those before it are passed over.</summary>
    public static async Task<ConnectionChange> Next(this Channel<ConnectionChange> changes, ConnectionState state)
    {
        while (true)
            if (await changes.Next() is var change && change.State == state) return change;
    }
}
