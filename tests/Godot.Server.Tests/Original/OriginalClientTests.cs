using System.Net;

namespace Godot;

/// <summary>The original's client sends to our server.</summary>
public class OriginalClientTests
{
    static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_400_000_000_123);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task What_it_writes_arrives_field_by_field(Transport transport)
    {
        Event[] sent =
        [
            new() { Host = "db82", Service = "http/errors/5xx", State = "ok", Time = Time, Description = "Zürich ☃ 😀 \"\\\n",
                Tags = ["prod", "größe"],
                    Meta = new Dictionary<string, MetaValue> { ["build"] = 17, ["canary"] = true, ["ratio"] = 0.5, ["who"] = "世界",
                        ["none"] = (string?)null }, Metric = -0.25, Ttl = TimeSpan.FromSeconds(15) },
            new() { Service = "zero", Time = Time, Metric = 0 },
            new() { Service = "in seconds", Time = Time, Metric = 1e300, Ttl = TimeSpan.FromSeconds(15_000) },
        ];

        IReadOnlyList<Event> came = await Receive(transport, sent.Length, """
            { "write": [
                { "host": "db82", "service": "http/errors/5xx", "state": "ok", "time": 1400000000123, "description": "Zürich ☃ 😀 \"\\\n", "tags": ["prod", "größe"],
                  "meta": { "build": 17, "canary": true, "ratio": 0.5, "who": "世界", "none": null }, "metric": -0.25, "ttl": 15000 },
                { "service": "zero", "time": 1400000000123, "metric": 0 },
                { "service": "in seconds", "time": 1400000000.123, "metric": 1e300, "ttl": 15000 }
            ] }
            """);

        Assert.Equal(sent, came.OrderBy(e => Array.FindIndex(sent, s => s.Service == e.Service)));
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task A_list_that_it_writes_in_one_go_is_as_many_events(Transport transport)
    {
        IReadOnlyList<Event> came =
            await Receive(transport, 3, """{ "write": [[{ "service": "a" }, { "service": "b" }, { "service": "c" }]] }""");

        Assert.Equal(["a", "b", "c"], came.Select(e => e.Service!).Order());
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task Its_defaults_are_understood_and_its_metric_0_is_1(Transport transport)
    {
        Event came = Assert.Single(await Receive(transport, 1, """{ "produce": [{ "service": "s", "metric": 0 }] }"""));

        Assert.True(IPAddress.TryParse(came.Host, out _), came.Host);
        CheckTimeOfNow(came);
        Event expected =
            new() { Host = came.Host, Service = "s", State = "ok", Time = came.Time, Description = "No Description", Metric = 1,
                Ttl = TimeSpan.FromSeconds(15) };
        Assert.Equal(expected, came);
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task Its_producers_beat(Transport transport)
    {
        IReadOnlyList<Event> came =
            await Receive(transport, 3,
                """{ "producers": [{ "host": "app", "service": "app/health/heartbeat", "metric": 0, "tags": ["t"], "ttl": 1000 }] }""");

        Assert.All(came, beat =>
        {
            CheckTimeOfNow(beat);
            Event expected =
                new() { Host = "app", Service = "app/health/heartbeat", State = "ok", Time = beat.Time, Description = "No description",
                    Tags = ["t"], Metric = 1, Ttl = TimeSpan.FromSeconds(1) };
            Assert.Equal(expected, beat);
        });
        Assert.Equal(3, came.Take(3).Select(e => e.Time).Distinct().Count());
    }

    static async Task<IReadOnlyList<Event>> Receive(Transport transport, int count, string json)
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(TestContext.Current.CancellationToken);
        string address = server.Inputs[0].EndPoint is IPEndPoint endPoint ? $"{endPoint.Port}" : server.Inputs[0].EndPoint!.ToString()!;

        using Child client = await OriginalProgram.Client(transport, address, json);
        IReadOnlyList<Event> events = await seen.Count(count);

        Assert.Equal(0, server.Counters().AllRejected);
        return events;
    }

    // It sends the time of its clock, this machine's, in milliseconds.
    static void CheckTimeOfNow(Event e) =>
        Assert.InRange(e.Time!.Value, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow());
}
