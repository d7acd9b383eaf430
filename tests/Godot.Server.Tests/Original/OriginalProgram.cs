using System.Text.Json;

namespace Godot;

/// <summary>The original of 2013, at its last version, on Node: its client and its server, see tests/original/.</summary>
static class OriginalProgram
{
    /// <summary>Sends what the JSON describes (tests/original/client.js), and stays until it is disposed.</summary>
    public static async Task<Child> Client(Transport transport, string address, string json)
    {
        Child client = Start("client.js", transport, address, json);
        await client.Says("sent");
        return client;
    }

    /// <summary>A server that listens, and says each event that reaches its reactor.</summary>
    public static async Task<Child> Server(Transport transport, string address)
    {
        Child server = Start("server.js", transport, address);
        await server.Says("listening");
        return server;
    }

    /// <summary>Waits until so many different events have reached the original's reactor; its server may say one twice.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Events(this Child server, int count)
    {
        await Eventually.True(() => Said(server).Count >= count, server.ToString);
        return [.. Said(server).Select(line => JsonElement.Parse(line))];
    }

    // Where a read ends between an event and its newline, the original emits the event again with the next read.
    static List<string> Said(Child server) => [.. server.Lines.Where(line => line.StartsWith('{')).Distinct()];

    static Child Start(string script, Transport transport, params ReadOnlySpan<string> arguments)
    {
        string folder = Repository.PathOf("tests", "original");
        if (!Directory.Exists(Path.Join(folder, "node_modules", "godot")))
            Assert.Fail("The original is not installed in tests/original; ./test.sh does that.");
        return new Child("node", [Path.Join(folder, script), transport.ToString().ToLowerInvariant(), .. arguments]);
    }
}
