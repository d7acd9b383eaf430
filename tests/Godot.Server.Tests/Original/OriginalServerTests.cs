using System.Globalization;
using System.Text.Json;

namespace Godot;

/// <summary>Our client sends to the original's server.</summary>
public sealed class OriginalServerTests : IDisposable
{
    static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_400_000_000_123);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task What_ours_sends_arrives_field_by_field(Transport transport)
    {
        Event sent = new()
        {
            Host = "db82",
            Service = "http/errors/5xx",
            State = "ok",
            Time = Time,
            Description = "Zürich ☃ 😀 \"\\\n",
            Tags = ["prod", "größe"],
            Meta = new Dictionary<string, MetaValue> { ["build"] = 17, ["canary"] = true, ["ratio"] = 0.5, ["who"] = "世界",
                ["none"] = (string?)null },
            Metric = 0,
            Ttl = TimeSpan.FromSeconds(22.5),
        };

        JsonElement came = Assert.Single(await Receive(transport, [sent]));

        Assert.Equal(sent, Event.Parse(came.GetRawText()));
        // What is seconds for us is seconds for its reactors too.
        Assert.Equal(1_400_000_000.123, came.GetProperty("time").GetDouble());
        Assert.Equal(22.5, came.GetProperty("ttl").GetDouble());
        Assert.Equal(0, came.GetProperty("metric").GetDouble());
    }

    [Theory]
    [InlineData(Transport.Tcp, 2000)]
    [InlineData(Transport.Udp, 100)]
    [InlineData(Transport.Unix, 2000)]
    public async Task Every_event_of_many_arrives_in_order(Transport transport, int count)
    {
        Event[] sent =
            [.. Enumerable.Range(0, count).Select(i => new Event { Service = i.ToString(CultureInfo.InvariantCulture), Time = Time })];

        IReadOnlyList<JsonElement> came = await Receive(transport, sent);

        Assert.Equal(sent, came.Select(e => Event.Parse(e.GetRawText())));
    }

    async Task<IReadOnlyList<JsonElement>> Receive(Transport transport, Event[] events)
    {
        int port = Some.FreePort();
        string path = Path.Join(folder.Path, "original.sock");
        using Child server = await OriginalProgram.Server(transport, transport == Transport.Unix ? path : $"{port}");
        // An event comes as it was sent.
        GodotClientOptions options = new() { Host = null };
        await using GodotClient client = transport switch
        {
            Transport.Tcp => GodotClient.Tcp("127.0.0.1", port, options),
            Transport.Udp => GodotClient.Udp("127.0.0.1", port, options),
            _ => GodotClient.Unix(path, options),
        };

        await client.SendAsync(events, TestContext.Current.CancellationToken);

        return await server.Events(events.Length);
    }
}
