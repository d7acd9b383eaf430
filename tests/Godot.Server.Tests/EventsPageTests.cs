using System.Net;
using System.Text;

namespace Godot;

public class EventsPageTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<GodotServer> Start(Func<GodotServerOptions, GodotServerOptions>? with = null, params Recipe[] recipes)
    {
        GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").With((with ?? (o => o))(new()));
        foreach (Recipe recipe in recipes) server.React(recipe);
        await server.StartAsync(Stop);
        return server;
    }

    /// <summary>A client that is connected, and misses nothing from now on.</summary>
    sealed class Follower : IDisposable
    {
        readonly HttpClient http = new();
        readonly HttpResponseMessage answer;
        readonly StreamReader lines;

        Follower(HttpClient http, HttpResponseMessage answer, Stream body) =>
            (this.http, this.answer, lines) = (http, answer, new StreamReader(body, Encoding.UTF8));

        public string? MediaType => answer.Content.Headers.ContentType?.MediaType;

        public static async Task<Follower> Of(GodotServer server, string query, string accept = "*/*")
        {
            HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
            http.DefaultRequestHeaders.Add("Accept", accept);
            HttpResponseMessage answer =
                await Eventually.Within(http.GetAsync($"/events?{query}", HttpCompletionOption.ResponseHeadersRead, Stop));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return new Follower(http, answer, await answer.Content.ReadAsStreamAsync(Stop));
        }

        public async Task<string?> Line() => await Eventually.Within(lines.ReadLineAsync(Stop).AsTask());

        public async Task<string?> Service() => Event.Parse((await Line())!).Service;

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
            http.Dispose();
        }
    }

    static string Query(string query) => "query=" + Uri.EscapeDataString(query);

    static async Task<string> Metrics(GodotServer server)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        return await Eventually.Within(http.GetStringAsync("/metrics", Stop));
    }

    [Fact]
    public async Task Each_event_that_matches_comes_at_once_and_in_order()
    {
        await using GodotServer server = await Start();
        using Follower all = await Follower.Of(server, ""), some = await Follower.Of(server, Query("service =~ \"b%\""));
        Assert.Equal("application/x-ndjson", all.MediaType);

        server.Send(Transport.Tcp, """{ "time":1700000000, "service":"a" }""" + "\n");
        Assert.Equal("""{ "time":1700000000, "service":"a" }""", await all.Line());
        server.Send(Transport.Tcp, """{"service":"b1"}""" + "\n" + """{"service":"c"}""" + "\n" + """{"service":"b2"}""" + "\n");
        Assert.Equal(["b1", "c", "b2"], [await all.Service(), await all.Service(), await all.Service()]);
        string? line = await some.Line();
        Assert.Equal("b1", Event.Parse(line!).Service);
        Assert.NotNull(Event.Parse(line!).Time);
        Assert.Equal("b2", await some.Service());
    }

    [Fact]
    public async Task What_people_say_of_alerts_comes_too_so_that_it_can_be_replayed_but_not_on_a_topic()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
            .React("cpu", Reactor.Where("service", "cpu").Alert().Console())
            .React("seen", seen.Recipe);
        await server.StartAsync(Stop);
        using Follower all = await Follower.Of(server, ""), some = await Follower.Of(server, Query("service = \"godot/resolve\"")),
            topic = await Follower.Of(server, "topic=alerts");
        server.Send(Transport.Tcp, """{"service":"cpu","state":"critical"}""" + "\n");
        Assert.Equal("cpu", await all.Service());
        await Eventually.True(() => server.Incidents.Count == 1);

        server.Acknowledge("cpu", by: "ann", note: "looking", until: TimeSpan.FromHours(1), command: "1");
        server.Acknowledge("cpu", by: "ann", command: "1");
        server.Silence(Godot.Query.Parse("host = \"app\""), by: "ann", TimeSpan.FromHours(2), "deploy", command: "2");
        server.EndSilence("none", by: "ann", command: "3");
        server.EndSilence("2", by: "bob", command: "4");
        server.Resolve("cpu", by: "ann", command: "5");

        Event acknowledged = Event.Parse((await all.Line())!);
        Assert.Equal(("godot/acknowledge", Environment.MachineName), (acknowledged.Service, acknowledged.Host));
        Assert.Equal("by ann, command 1, note looking, which cpu", Meta(acknowledged));
        Assert.InRange(DateTimeOffset.Parse(acknowledged.Meta["until"].Text!, System.Globalization.CultureInfo.InvariantCulture)
            - acknowledged.Time!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Event silenced = Event.Parse((await all.Line())!);
        Assert.Equal(("godot/silence", "by ann, command 2, note deploy, query host = \"app\""), (silenced.Service, Meta(silenced)));
        // What bob said, and that the desk did it, which reactors are told: two threads say it.
        Event[] unsilenced = [Event.Parse((await all.Line())!), Event.Parse((await all.Line())!)];
        Assert.Equal(
            [("godot/end-silence", "by bob, command 4, which 2"), ("godot/silence-ended", "by ann, silence 2")],
            unsilenced.Select(e => (e.Service!, Meta(e))).Order());
        string? resolved = await all.Line();
        Assert.Equal("by ann, command 5, which cpu", Meta(Event.Parse(resolved!)));
        Assert.Equal(resolved, await some.Line());
        Assert.Equal(["cpu", "godot/silence-ended"], seen.Services);
        server.Send(Transport.Tcp, """{"service":"godot/resolve","meta":{"command":"6","by":"eve","which":"cpu"}}""" + "\n");
        await Eventually.True(() => server.Counters().Rejected(Events.RejectReason.Reserved) == 1);

        static string Meta(Event e) => string.Join(", ", e.Meta.Where(one => one.Key != "until")
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"));
    }

    [Fact]
    public async Task To_who_accepts_them_they_are_server_sent_events()
    {
        await using GodotServer server = await Start();
        using Follower follower = await Follower.Of(server, "", "text/event-stream");
        Assert.Equal("text/event-stream", follower.MediaType);
        server.Send(Transport.Tcp, """{"time":1,"service":"a"}""" + "\n");
        Assert.Equal(["data: {\"time\":1,\"service\":\"a\"}", ""], [await follower.Line(), await follower.Line()]);
    }

    [Fact]
    public async Task A_carriage_return_between_members_cuts_no_event()
    {
        await using GodotServer server = await Start(null, Reactor.Index());
        using Follower events = await Follower.Of(server, "", "text/event-stream"), lines = await Follower.Of(server, "");
        // In a text it stands escaped; U+2028 and U+0085 end no line in either format.
        server.Send(Transport.Tcp, "{\"time\":1,\r\"service\":\"a\",\r\r \"description\":\"x\\r\\ny\u2028z\u0085\"}\r\n");
        const string line = "{\"time\":1, \"service\":\"a\",   \"description\":\"x\\r\\ny\u2028z\u0085\"}";
        Assert.Equal(["data: " + line, ""], [await events.Line(), await events.Line()]);
        Assert.Equal(line, await lines.Line());
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        Assert.Equal(line + "\n", await Eventually.Within(http.GetStringAsync("/index", Stop)));
    }

    [Fact]
    public async Task What_is_costly_to_ask_is_asked_of_copies_and_passes_the_same_events_in_order()
    {
        await using GodotServer server = await Start();
        const string costly = "description ~= \"^x+[0-4]$\" and metric < 900";
        using Follower some = await Follower.Of(server, Query(costly)), all = await Follower.Of(server, Query("description ~= \"x\""));
        server.Send(Transport.Tcp, Enumerable.Range(0, 1000).Append(-1)
            .Select(i => $$"""{"time":1,"metric":{{i}},"description":"xx{{Math.Abs(i % 10)}}"}""" + "\n"));
        for (int i = 0; i < 900; i++)
            if (i % 10 < 5) Assert.Equal(i, Event.Parse((await some.Line())!).Metric);
        Assert.Equal(-1, Event.Parse((await some.Line())!).Metric);
        for (int i = 0; i < 1000; i++) Assert.Equal(i, Event.Parse((await all.Line())!).Metric);
        Assert.Equal(0, server.Run!.Subscribers.Dropped);
    }

    [Fact]
    public async Task A_filter_that_takes_ages_holds_no_reactor_up_and_who_asked_is_told_what_was_lost()
    {
        await using GodotServer server = await Start(o => o with { SubscriberBufferBytes = 200_000 }, Reactor.Index());
        using Follower slow = await Follower.Of(server, Query("description ~= \"a[ab]{900}c\" or description = \"end\"")),
            other = await Follower.Of(server, Query("service = \"beat\""));
        string description = new('a', 60_000);
        const int count = 300;
        long begin = TimeProvider.System.GetTimestamp();
        server.Send(Transport.Tcp,
            Enumerable.Range(0, count).Select(i => $$"""{"time":1,"service":"s{{i}}","description":"{{description}}"}""" + "\n"));
        server.Send(Transport.Tcp, """{"time":1,"service":"beat"}""" + "\n");
        Assert.Equal("beat", await other.Service());
        // Each is worth 10 ms: 300 of them would be 3 s on the lane.
        await Eventually.True(() => server.Counters() is { Received: count + 1, Open: 0 });
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 2.5);

        // Nothing matches, and all was lost to it: too many for its buffer, or too long to be looked at.
        double told = 0;
        Task<string?> line = slow.Line();
        while (told < count)
        {
            if (!line.IsCompleted) server.Send(Transport.Tcp, """{"time":1,"service":"beat","description":"end"}""" + "\n");
            if (await Task.WhenAny(line, Task.Delay(20, Stop)) != line) continue;
            Event e = Event.Parse((await line)!);
            if (e.Member("dropped").Number is { } lost) told += lost;
            line = slow.Line();
        }
        Assert.InRange(server.Run!.Subscribers.Dropped, count, long.MaxValue);
    }

    [Fact]
    public async Task At_the_stop_what_has_come_is_looked_at_before_the_stream_ends()
    {
        GodotServer server = await Start();
        using Follower follower = await Follower.Of(server, Query("description ~= \"x\""));
        server.Send(Transport.Tcp, Enumerable.Range(0, 50).Select(i => $$"""{"time":1,"metric":{{i}},"description":"x"}""" + "\n"));
        await Eventually.True(() => server.Counters() is { Received: 50, Open: 0 });
        await Eventually.Within(server.StopAsync(Stop));
        for (int i = 0; i < 50; i++) Assert.Equal(i, Event.Parse((await follower.Line())!).Metric);
        Assert.Null(await follower.Line());
    }

    [Fact]
    public async Task A_topic_can_be_followed_too()
    {
        await using GodotServer server = await Start(null, Reactor.Over(90).Publish("alerts"));
        using Follower follower = await Follower.Of(server, "topic=alerts&" + Query("service != \"c\""));
        server.Send(Transport.Tcp,
            """{"service":"a","metric":1}""" + "\n" + """{"service":"c","metric":91}""" + "\n" + """{"service":"b","metric":91}""" + "\n");
        Assert.Equal("b", await follower.Service());
    }

    [Fact]
    public async Task Whoever_goes_takes_the_reactor_along()
    {
        await using GodotServer server = await Start();
        using (await Follower.Of(server, ""))
        {
            Assert.Equal(["/events 1"], server.Reactors);
            Assert.Contains("\ngodot_subscribers 1\n", await Metrics(server), StringComparison.Ordinal);
        }
        await Eventually.True(() => server.Reactors.Count == 0);
        await Eventually.True(() => server.Run!.Subscribers.Count == 0);
        using Follower again = await Follower.Of(server, "");
        Assert.Equal(["/events 1"], server.Reactors);
    }

    [Fact]
    public async Task Whoever_is_killed_takes_it_along_too()
    {
        await using GodotServer server = await Start();
        using System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(server.HttpEndPoint!, Stop);
        socket.Send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await Eventually.True(() => server.Reactors.Count == 1);
        // Closed at once and with a reset, as the kernel does for a process that dies with unread data.
        socket.LingerState = new(true, 0);
        socket.Close();
        await Eventually.True(() => server.Reactors.Count == 0);
        server.Send(Transport.Tcp, Some.Line("a"));
        await Eventually.True(() => server.Counters() is { Received: 1, Open: 0 });
    }

    [Fact]
    public async Task One_who_is_too_slow_loses_events_and_is_told_how_many_and_where()
    {
        const int count = 60_000;
        await using GodotServer server = await Start(o => o with { SubscriberBufferBytes = 4096 });
        using Follower slow = await Follower.Of(server, Query("service = \"x\"")),
            other = await Follower.Of(server, Query("service = \"last\""));
        string padding = new('p', 300);
        server.Send(Transport.Tcp, Enumerable.Range(0, count / 100).Select(i =>
            string.Concat(Enumerable.Range(i * 100, 100)
                .Select(n => $$"""{"service":"x","time":1,"metric":{{n}},"description":"{{padding}}"}""" + "\n"))));
        await Eventually.True(() => server.Counters() is { Received: count, Open: 0 });
        long dropped = server.Run!.Subscribers.Dropped;
        Assert.InRange(dropped, 1, count - 1);
        Assert.Contains($"\ngodot_subscriber_events_dropped_total {dropped}\n", await Metrics(server), StringComparison.Ordinal);

        // It reads at last; once there is room, it is told with the next event.
        long next = 0, told = 0;
        Task<string?> line = slow.Line();
        while (next < count)
        {
            if (!line.IsCompleted) server.Send(Transport.Tcp, """{"service":"x","time":1,"metric":60000}""" + "\n");
            if (await Task.WhenAny(line, Task.Delay(20, Stop)) != line) continue;
            Event e = Event.Parse((await line)!);
            if (e.Member("dropped").Number is { } lost)
            {
                Assert.Null(e.Time);
                (next, told) = (next + (long)lost, told + (long)lost);
            }
            else if (e.Metric < count) Assert.Equal(next++, e.Metric);
            else Assert.True(next >= count, "What was lost is told before what follows.");
            line = slow.Line();
        }
        Assert.InRange(told, dropped, count);

        // Nobody else lost anything.
        server.Send(Transport.Tcp, Some.Line("last"));
        Assert.Equal("last", await other.Service());
    }

    [Fact]
    public async Task There_are_only_so_many()
    {
        await using GodotServer server = await Start(o => o with { MaxSubscribers = 1 });
        using Follower one = await Follower.Of(server, "");
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        using HttpResponseMessage refused = await http.GetAsync("/events", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("1 follow the events already", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("\ngodot_subscribers_refused_total 1\n", await Metrics(server), StringComparison.Ordinal);
        using HttpResponseMessage bad = await http.GetAsync("/events?query=(", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(["/events 1"], server.Reactors);
        using HttpRequestMessage head = new(HttpMethod.Head, "/events");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.SendAsync(head, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_reactor_that_has_such_a_name_is_left_alone()
    {
        await using GodotServer server = await Start();
        server.React("/events 1", Reactor.Over(5));
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        using HttpResponseMessage refused = await http.GetAsync("/events", Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Equal(["/events 1"], server.Reactors);
        Assert.Equal(0, server.Run!.Subscribers.Count);
        server.Remove("/events 1");
        using Follower follower = await Follower.Of(server, "topic=%20");
        server.Send(Transport.Tcp, Some.Line("a"));
        Assert.Equal("a", await follower.Service());
    }

    [Fact]
    public async Task In_a_silence_there_is_a_beat()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        await using GodotServer server = await Start(o => o with { Engine = new() { TimeProvider = clock } });
        using Follower lines = await Follower.Of(server, ""), events = await Follower.Of(server, "", "text/event-stream");
        Task<string?> line = lines.Line(), comment = events.Line();
        // The timer may be set a moment after the head was sent.
        while (!line.IsCompleted || !comment.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Stop);
        }
        Assert.Equal(("", ":"), (await line, await comment));
    }

    [Fact]
    public async Task When_the_server_stops_the_streams_end_after_what_the_reactors_held()
    {
        GodotServer server = await Start(null, Reactor.Count(TimeSpan.FromHours(1)).Publish("counts"));
        using Follower counts = await Follower.Of(server, "topic=counts");
        server.Send(Transport.Tcp, Some.Line("a"), Some.Line("a"));
        await Eventually.True(() => server.Counters() is { Received: 2, Open: 0 });
        await Eventually.Within(server.StopAsync(Stop));
        Assert.Equal(2, Event.Parse((await counts.Line())!).Metric);
        Assert.Null(await counts.Line());
    }
}
