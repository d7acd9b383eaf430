using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Godot;

public sealed class ReplayTests : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly Recorded recorded = new();

    public void Dispose() => recorded.Dispose();

    [Fact]
    public async Task Prints_what_the_last_verb_emits_and_what_outputs_would_have_been_handed_byte_for_byte()
    {
        GodotServer server = GodotServer.Tcp(0)
            .React("cpu", Reactor.Where("service", "cpu").Over(50).Email(to: "ops@host.com"))
            .React("silent", Reactor.Where("service", "*/heartbeat").Expire(Minute))
            .React("all", Reactor.Rollup(Minute));

        string output = await recorded.Replay(server, """
            {"host":"a","service":"cpu","time":1767225600.5,"metric":90,"custom":[1, 2]}
            {"host":"a","service":"web/heartbeat","time":1767225601}
            {"host":"a","service":"cpu","time":1767225602,"metric":10}
            {"host":"a","service":"cpu","time":1767225670,"metric":60}

            """);

        Assert.Equal("""
            {"reactor":"cpu","at":1767225600.5,"output":"email","event":{"host":"a","service":"cpu","time":1767225600.5,"metric":90,"custom":[1, 2]}}
            {"reactor":"cpu","at":1767225600.5,"event":{"host":"a","service":"cpu","time":1767225600.5,"metric":90,"custom":[1, 2]}}
            {"reactor":"all","at":1767225660.5,"events":[{"host":"a","service":"cpu","time":1767225600.5,"metric":90,"custom":[1, 2]},{"host":"a","service":"web/heartbeat","time":1767225601},{"host":"a","service":"cpu","time":1767225602,"metric":10}]}
            {"reactor":"silent","at":1767225661,"event":{"host":"a","service":"web/heartbeat","state":"expired","time":1767225661}}
            {"reactor":"cpu","at":1767225670,"output":"email","event":{"host":"a","service":"cpu","time":1767225670,"metric":60}}
            {"reactor":"cpu","at":1767225670,"event":{"host":"a","service":"cpu","time":1767225670,"metric":60}}
            {"reactor":"all","at":1767225670,"events":[{"host":"a","service":"cpu","time":1767225670,"metric":60}]}

            """, output);
    }

    [Fact]
    public async Task What_people_said_of_alerts_is_done_again_at_its_time()
    {
        GodotServer server = GodotServer.Tcp(0)
            .React("cpu", Reactor.Where("service", "cpu").Alert().Notify(Policy.Console().Repeat(every: Minute)))
            .React("own", Reactor.Where("service", "godot/*"));
        const string bad = """
            {"host":"a","service":"cpu","time":1767225600,"state":"critical"}

            """, ok = """
            {"host":"a","service":"cpu","time":1767225900,"state":"ok"}

            """, acknowledged = """
            {"host":"m","service":"godot/acknowledge","time":1767225690,"meta":{"command":"1","by":"ann","which":"cpu","until":"2026-01-01T00:04:15Z"}}
            {"host":"m","service":"godot/acknowledge","time":1767225690,"meta":{"command":"1","by":"ann","which":"cpu"}}
            {"host":"m","service":"godot/silence","time":1767225700,"meta":{"command":"2","by":"ann","until":"soon","query":"true"}}
            {"host":"m","service":"godot/resolve","time":1767225700,"meta":{"command":"3","which":"cpu"}}

            """;
        Assert.Equal([0, 60, 120, 180, 240, 300, 300], Times((await Replayed(bad + ok)).Output));
        (string output, string error) = await Replayed(bad + acknowledged + ok);
        // At 90 s 30 s were left, and are at 255 s.
        Assert.Equal([0, 60, 285, 300], Times(output));
        Assert.DoesNotContain("own", output, StringComparison.Ordinal);
        Assert.Contains("6 events, 1 of them commands, the clock at", error, StringComparison.Ordinal);
        Assert.Contains("is not a command that can be carried out: Its until is not a time: soon.", error, StringComparison.Ordinal);
        Assert.Contains("is not a command that can be carried out: Its meta has no by.", error, StringComparison.Ordinal);

        Task<(string Output, string Error)> Replayed(string lines) =>
            Recorded.Replay(server, new ReplayOptions([recorded.Write(lines)], null, null));

        static IEnumerable<int> Times(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains("\"notices\"", StringComparison.Ordinal))
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("at").GetInt32() - 1767225600);
    }

    [Fact]
    public async Task At_a_terminal_what_it_would_act_upon_is_an_escape_and_it_is_the_same_json()
    {
        GodotServer server = GodotServer.Tcp(0).React("r\u009b", Reactor.Over(0));
        const string line = "{\"service\":\"é\u009b2J\u202e\u200b\U000E0041\",\"metric\":1,\"time\":1}";
        using MemoryStream terminal = new();
        using TerminalJson shown = new(terminal);
        await new Replay(server, new ReplayOptions([recorded.Write(string.Concat(Enumerable.Repeat(line + "\n", 1000)))], null, null),
            shown, TextWriter.Null).RunAsync();
        string output = Encoding.UTF8.GetString(terminal.ToArray());
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1000, lines.Length);
        Assert.All(lines,
            one => Assert.Equal(
                """{"reactor":"r\u009b","at":1,"event":{"service":"é\u009b2J\u202e\u200b\udb40\udc41","metric":1,"time":1}}""", one));
        Assert.Contains(line, await recorded.Replay(server, line + "\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes_on_any_number_of_lanes()
    {
        string lines = RandomLines();
        string once = await recorded.Replay(OnLanes(1), lines);

        Assert.InRange(once.Length, 100_000, int.MaxValue);
        foreach (int lanes in (int[])[1, 2, 5, 16])
            Assert.True(once == await recorded.Replay(OnLanes(lanes), lines), $"Other bytes came out on {lanes} lanes.");
    }

    static GodotServer WithAlerts(int lanes) => GodotServer.Tcp(0)
        .With(new GodotServerOptions { Engine = new EngineOptions { Lanes = lanes } })
        .React("cpu", Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 90, after: Minute)
            .Notify(Policy.Email("ops@host.com").Group("host", wait: Minute / 2)))
        .React("db", Reactor.Where("service", "db").Alert().Email("db@host.com"))
        .Inhibit("cpu", when: "db", equal: "host");

    [Fact]
    public async Task Prints_what_is_told_of_incidents_and_each_decision_in_order()
    {
        string output = await recorded.Replay(WithAlerts(2), """
            {"host":"a","service":"cpu","time":1767225600,"metric":97}
            {"host":"b","service":"cpu","time":1767226180,"metric":97}
            {"host":"a","service":"cpu","time":1767226200,"metric":10}
            {"host":"a","service":"db","time":1767226201,"state":"down"}
            {"host":"b","service":"cpu","time":1767226202,"metric":10}

            """);

        Assert.Equal("""
            {"reactor":"cpu","at":1767225660,"ledger":"opened critical","name":"cpu a","incident":"…"}
            {"reactor":"cpu","at":1767225690,"ledger":"told: opened critical","name":"cpu a","incident":"…","channel":"email:ops@host.com"}
            {"reactor":"cpu","at":1767225690,"output":"email","channel":"email:ops@host.com","notices":[{"notice":"opened critical cpu a","incident":"…","event":{"host":"a","service":"cpu","time":1767225600,"metric":97}}]}
            {"reactor":"cpu","at":1767226200,"ledger":"resolved after 9 min","name":"cpu a","incident":"…","because":"recovered"}
            {"reactor":"cpu","at":1767226200,"ledger":"told: resolved after 9 min critical","name":"cpu a","incident":"…","channel":"email:ops@host.com"}
            {"reactor":"cpu","at":1767226200,"output":"email","channel":"email:ops@host.com","notices":[{"notice":"resolved after 9 min critical cpu a","incident":"…","event":{"host":"a","service":"cpu","time":1767226200,"metric":10}}]}
            {"reactor":"db","at":1767226201,"ledger":"opened down","name":"db a","incident":"…"}
            {"reactor":"db","at":1767226201,"ledger":"told: opened down","name":"db a","incident":"…","channel":"email:db@host.com"}
            {"reactor":"db","at":1767226201,"output":"email","channel":"email:db@host.com","notices":[{"notice":"opened down db a","incident":"…","event":{"host":"a","service":"db","time":1767226201,"state":"down"}}]}

            """, WithoutIds(output));
    }

    [Fact]
    public async Task What_is_told_of_incidents_is_the_same_on_any_number_of_lanes()
    {
        Random random = new(7);
        string lines = string.Concat(Enumerable.Range(0, 2000).Select(i =>
            $"{{\"host\":\"h{random.Next(20)}\",\"service\":\"{(i % 3 == 0 ? "db" : "cpu")}\",\"time\":{1767225600 + i},"
            + $"\"state\":\"{(random.Next(2) == 0 ? "ok" : "down")}\",\"metric\":{(random.Next(9) == 0 ? 10 : 97)}}}\n"));
        string once = await recorded.Replay(WithAlerts(1), lines);

        Assert.Contains("\"not told\"", once, StringComparison.Ordinal);
        Assert.InRange(once.Length, 20_000, int.MaxValue);
        foreach (int lanes in (int[])[1, 2, 7])
            Assert.True(once == await recorded.Replay(WithAlerts(lanes), lines), $"Other bytes came out on {lanes} lanes.");
    }

    [Fact]
    public void Of_two_lines_of_an_alert_it_is_seen_whether_they_say_the_same()
    {
        const string told = """{"reactor":"cpu","at":1,"output":"email","channel":"email:a","notices":[{"notice":"opened critical cpu a","incident":"1","event":{"metric":1}}]}""";
        const string decided = """{"reactor":null,"at":1,"ledger":"silenced","because":"true, by ann"}""";

        Assert.Equal(IdentityOf(told), IdentityOf(told.Replace("\"metric\":1", "\"metric\":2", StringComparison.Ordinal)));
        Assert.NotEqual(IdentityOf(told), IdentityOf(told.Replace("opened", "worse:", StringComparison.Ordinal)));
        Assert.NotEqual(IdentityOf(decided), IdentityOf(decided.Replace("ann", "bob", StringComparison.Ordinal)));

        static string IdentityOf(string line) => ReplayLine.Parse(line)!.Identity;
    }

    static string WithoutIds(string lines) => System.Text.RegularExpressions.Regex.Replace(lines, "[0-9a-f]{32}", "…");

    [Fact]
    public async Task Each_event_is_seen_at_its_own_time_and_a_late_one_moves_no_clock()
    {
        GodotServer server = GodotServer.Tcp(0).React("first", Reactor.Throttle(1, TimeSpan.FromSeconds(10)));

        string output = await recorded.Replay(server, """
            {"service":"a","time":100}
            {"service":"b","time":109.9}
            {"service":"c","time":110}
            {"service":"late","time":105}
            {"service":"no time"}
            {"service":"d","time":120}
            {"service":"late","time":90}

            """);

        Assert.Equal(["100 a", "110 c", "120 d"], Seen(output));
    }

    [Fact]
    public async Task An_event_without_a_time_arrives_at_the_clocks_present()
    {
        GodotServer server = GodotServer.Tcp(0).React("all", Reactor.Map(e => e with { Metric = e.Time.ToUnixTimeSeconds() }));

        string output = await recorded.Replay(server, """
            {"service":"first"}
            {"service":"a","time":100}
            {"service":"b"}
            {"service":"c","time":200}
            {"service":"d"}

            """);

        Assert.Equal(["100 first 100", "100 a 100", "100 b 100", "200 c 200", "200 d 200"], Seen(output, metric: true));
    }

    [Fact]
    public async Task The_clock_begins_with_the_first_time_however_the_input_is_divided()
    {
        string[] files =
            [recorded.Write("{\"service\":\"a\"}", "1"), recorded.Write("{\"service\":\"b\"}", "2"),
                recorded.Write("{\"service\":\"c\",\"time\":100}", "3")];

        (string output, _) =
            await Recorded.Replay(GodotServer.Tcp(0).React("all", Reactor.Where("service", "*")), new ReplayOptions(files, null, null));

        Assert.Equal(["100 a", "100 b", "100 c"], Seen(output));
    }

    [Fact]
    public async Task Where_no_event_says_a_time_all_come_at_the_unix_epoch()
    {
        string output =
            await recorded.Replay(GodotServer.Tcp(0).React("count", Reactor.Count(Minute)),
                string.Concat(Enumerable.Repeat("{\"service\":\"a\",\"metric\":1}\n", 300)));

        Assert.Equal(["0 a 300"], Seen(output, metric: true));
    }

    [Fact]
    public async Task Until_runs_the_clock_on_and_timers_fire()
    {
        Assert.Empty(await Expired(until: null));
        Assert.Empty(await Expired(until: "159.9999999"));
        Assert.Single(await Expired(until: "160"), "160 heartbeat");
        Assert.Single(await Expired(until: "1970-01-02T00:00:00Z"), "160 heartbeat");

        async Task<string[]> Expired(string? until) =>
            Seen(await recorded.Replay(GodotServer.Tcp(0).React("silent", Reactor.Expire(Minute)), """{"service":"heartbeat","time":100}""",
                until));
    }

    [Fact]
    public async Task Until_stops_before_what_is_later()
    {
        GodotServer server = GodotServer.Tcp(0).React("all", Reactor.Where("service", "*"));

        string output = await recorded.Replay(server, """
            {"service":"a","time":100}
            {"service":"b","time":110}
            {"service":"c","time":111}
            {"service":"late","time":105}

            """, until: "110");

        Assert.Equal(["100 a", "110 b"], Seen(output));
    }

    [Fact]
    public async Task At_the_end_what_windows_hold_comes_out_as_when_a_server_stops()
    {
        GodotServer server = GodotServer.Tcp(0).React("count", Reactor.Count(TimeSpan.FromHours(1)));

        string output =
            await recorded.Replay(server, """{"service":"a","time":100,"metric":1}""" + "\n" + """{"service":"a","time":130,"metric":1}""");

        Assert.Equal(["130 a 2"], Seen(output, metric: true));
    }

    [Fact]
    public async Task Packed_files_several_of_them_and_of_several_parts_are_read_in_order()
    {
        string a = """{"service":"a","time":1}""", b = """{"service":"b","time":2}""" + "\n", c = """{"service":"c","time":3}""" + "\n";
        string[] files =
        [
            recorded.Write(a, "1.jsonl"), recorded.Write([.. Gzip(b), .. Gzip(c)], "2.gz"),
                recorded.Write([.. Zstandard(b), .. Zstandard(c)], "3.jsonl.zst"),
        ];

        (string output, string error) =
            await Recorded.Replay(GodotServer.Tcp(0).React("all", Reactor.Where("service", "*")), new ReplayOptions(files, null, null));

        Assert.Equal(["1 a", "2 b", "3 c", "3 b", "3 c"], Seen(output));
        Assert.Equal($"5 events, 1 of them late, the clock at 1970-01-01T00:00:03Z, 5 lines written.{Environment.NewLine}", error);
    }

    [Fact]
    public async Task Lines_that_are_no_events_are_counted_by_reason_and_end_nothing()
    {
        string file =
            recorded.Write(
                "nonsense\n{\"service\":\"a\",\"time\":1}\n{\"host\":[1]}\n12\n[{\"service\":\"b\",\"metric\":true},{\"service\":[3]}]\n"
                + "more nonsense\n");

        (string output, string error) =
            await Recorded.Replay(GodotServer.Tcp(0).React("all", Reactor.Where("service", "*")), new ReplayOptions([file], null, null));

        Assert.Equal(["1 a", "1 b"], Seen(output));
        Assert.Equal("""
            2 events, the clock at 1970-01-01T00:00:01Z, 2 lines written.
            2 rejected (not_json), such as: more nonsense
            2 rejected (wrong_type), such as: {"service":[3]}
            1 rejected (not_an_event), such as: 12
            1 kept without a member (wrong_type), such as: {"service":"b","metric":true}

            """, error);
    }

    [Fact]
    public async Task An_event_that_is_lost_in_a_reactor_is_said_with_its_time()
    {
        string file = recorded.Write("{\"service\":\"a\",\"time\":1767225600}\n");

        (string output, string error) = await Recorded.Replay(
            GodotServer.Tcp(0).React("throws", Reactor.Map(_ => throw new InvalidOperationException("boom"))),
                new ReplayOptions([file], null, null));

        Assert.Equal("", output);
        Assert.StartsWith("2026-01-01 00:00:00.000 error Reactor throws: stage map threw and lost 1 events", error,
            StringComparison.Ordinal);
        Assert.EndsWith($"1 events, 1 lost in a reactor, the clock at 2026-01-01T00:00:00Z, 0 lines written.{Environment.NewLine}", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_name_says_is_told_in_a_sentence()
    {
        foreach (string name in (string[])["events.gz", "events.zst"])
        {
            string file = recorded.Write("no archive", name);

            IOException e =
                await Assert.ThrowsAsync<IOException>(() => Recorded.Replay(GodotServer.Tcp(0), new ReplayOptions([file], null, null)));

            Assert.StartsWith($"{file} is damaged, or not packed as its name says: ", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Speed_holds_it_back()
    {
        string file = recorded.Write("{\"service\":\"a\",\"time\":0}\n{\"service\":\"a\",\"time\":60}\n");
        System.Diagnostics.Stopwatch took = System.Diagnostics.Stopwatch.StartNew();

        await Recorded.Replay(GodotServer.Tcp(0), new ReplayOptions([file], null, Speed: 200));

        Assert.InRange(took.Elapsed, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(30));
    }

    static GodotServer OnLanes(int lanes) => GodotServer.Tcp(0)
        .With(new GodotServerOptions { Engine = new EngineOptions { Lanes = lanes, IdleAfter = TimeSpan.FromSeconds(20) } })
        .React("over", Reactor.Where("service", "s*").Over(30).Email(to: "ops@host.com"))
        .React("silent", Reactor.Expire(TimeSpan.FromSeconds(2)).Around(r => r.Rollup(TimeSpan.FromSeconds(5)).Console()).Console())
        .React("by", Reactor.By("host", r => r.Count(TimeSpan.FromSeconds(3))))
        .React("ewma", Reactor.Ewma(alpha: 0.5).Over(25).Throttle(5, TimeSpan.FromSeconds(4)).Rollup(TimeSpan.FromSeconds(7), 10).Console())
        .React("moved", Reactor.Map(e => e with { Service = e.Host }).WeightedAverage(1, 2).Change("metric"));

    // Ten thousand events of two minutes, some late, some of one time, some without any.
    static string RandomLines()
    {
        Random random = new(7);
        StringBuilder lines = new();
        for (int i = 0; i < 10_000; i++)
        {
            int time = i * 12 / 100 * 100 - (random.Next(20) == 0 ? random.Next(5000) : 0);
            string said = random.Next(50) == 0 ? "" : $"\"time\":1767225{600 + time / 1000}.{time % 1000:000},";
            lines.Append(
                $"{{\"host\":\"h{random.Next(9)}\",\"service\":\"s{random.Next(40)}\","
                + $"{(time < 0 ? "" : said)}\"metric\":{random.Next(40)}}}\n");
        }
        return lines.ToString();
    }

    // When, the service, and the metric.
    static string[] Seen(string output, bool metric = false) =>
    [
        .. from line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let json = System.Text.Json.JsonDocument.Parse(line).RootElement
           let e = json.GetProperty("event")
           select $"{json.GetProperty("at")} {e.GetProperty("service")}{(metric ? $" {e.GetProperty("metric")}" : "")}",
    ];

    static byte[] Gzip(string text) => Pack(text, stream => new GZipStream(stream, CompressionMode.Compress));

    static byte[] Zstandard(string text) => Pack(text, stream => new CompressionStream(stream));

    static byte[] Pack(string text, Func<Stream, Stream> packer)
    {
        using MemoryStream packed = new();
        using (Stream stream = packer(packed)) stream.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
