using Godot.Events;

namespace Godot.Tests.Wire;

/// <summary>docs/wire.md, "what the JSON standard leaves open", row by row: an input, and what it comes to.</summary>
public class OpenPointsTests
{
    [Theory]
    // White space, lines
    [InlineData(" { \"host\" :\t\"a\" } \r\n", "{ \"host\" :\t\"a\" }")]
    [InlineData("{}\r\n{}\r\n", "{}; {}")]
    [InlineData("\n \t\r\n{}\n\n", "{}")]
    [InlineData("{}\n{\"metric\":1}", "{}; {\"metric\":1}")]
    [InlineData("\uFEFF{}\n\uFEFF[{}]\n\uFEFF\n", "{}; {}")]
    [InlineData("\uFEFF\uFEFF{}", "not_json")]
    [InlineData("{}\uFEFF", "not_json")]
    // Strict JSON, and nothing of a broken line
    [InlineData("nonsense", "not_json")]
    [InlineData("{}{}", "not_json")]
    [InlineData("{},", "not_json")]
    [InlineData("{\"a\":1,}", "not_json")]
    [InlineData("{\"a\":NaN}", "not_json")]
    [InlineData("{\"a\":01}", "not_json")]
    [InlineData("{\"a\":+1}", "not_json")]
    [InlineData("{\"a\":1.}", "not_json")]
    [InlineData("{\"a\":.5}", "not_json")]
    [InlineData("{\"a\":1e}", "not_json")]
    [InlineData("{\"a\":\"\t\"}", "not_json")]
    [InlineData("{\"a\":\"\\x\"}", "not_json")]
    [InlineData("{\"a\":\"\\u12g4\"}", "not_json")]
    [InlineData("{'a':1}", "not_json")]
    [InlineData("{a:1}", "not_json")]
    [InlineData("{/**/}", "not_json")]
    [InlineData("{\"host\":1 \"a\":2}", "not_json")]
    [InlineData("{\"tags\":[\"a\",]}", "not_json")]
    [InlineData("{\"meta\":{\"a\":[}}", "not_json")]
    [InlineData("\0", "not_json")]
    [InlineData("[{},{},1,{\"host\":2},{}", "not_json")]
    [InlineData("[{},{},nul]", "not_json")]
    // Batches
    [InlineData("[]", "")]
    [InlineData(" [ ] ", "")]
    [InlineData("[{},{\"metric\":1}]", "{}; {\"metric\":1}")]
    [InlineData("[{},[{}],1,null,\"a\",true]", "{}; not_an_event; not_an_event; not_an_event; not_an_event; not_an_event")]
    [InlineData("[{\"host\":\"a\"},{\"host\":[1]},{\"host\":\"c\"}]", "{\"host\":\"a\"}; {\"host\":\"c\"}; wrong_type")]
    // No events
    [InlineData("12", "not_an_event")]
    [InlineData("null", "not_an_event")]
    [InlineData("\"{}\"", "not_an_event")]
    // Whose event it is cannot be known
    [InlineData("{\"host\":[]}", "wrong_type")]
    [InlineData("{\"service\":{}}", "wrong_type")]
    [InlineData("{\"host\":[],\"host\":\"a\"}", "wrong_type")]
    [InlineData("{\"metric\":1e400,\"host\":[]}", "wrong_type")]
    [InlineData("{\"ttl\":-0.0}", "{\"ttl\":-0.0}")]
    public void Is_read_as_the_table_says(string text, string expected) => Assert.Equal(expected, Lines.Read(text).ToString());

    [Theory]
    // What it surely means is taken
    [InlineData("{\"host\":1}", "{\"host\":\"1\"}", "")]
    [InlineData("{\"service\":1.50,\"state\":true,\"description\":false}",
        "{\"service\":\"1.50\",\"state\":\"true\",\"description\":\"false\"}", "")]
    [InlineData("{\"metric\":\"5\"}", "{\"metric\":5}", "")]
    [InlineData("{\"metric\":\"-5.0e-1\"}", "{\"metric\":-0.5}", "")]
    [InlineData("{\"time\":\"1735689600000\",\"ttl\":\"15000\"}", "{\"time\":1735689600,\"ttl\":15}", "")]
    [InlineData("{\"metric\":null,\"tags\":null,\"meta\":null}", "{\"metric\":null,\"tags\":null,\"meta\":null}", "")]
    // What does not is left out
    [InlineData("{\"metric\":true}", "{}", "wrong_type")]
    [InlineData("{\"metric\":{}}", "{}", "wrong_type")]
    [InlineData("{\"metric\":[5]}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"NaN\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"5 ms\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\" 5\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"0x5\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"+5\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"05\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":\"\\u0035\"}", "{}", "wrong_type")]
    [InlineData("{\"metric\":1e400}", "{}", "out_of_range")]
    [InlineData("{\"metric\":\"-1e400\"}", "{}", "out_of_range")]
    [InlineData("{\"time\":\"2025-01-01\"}", "{}", "wrong_type")]
    [InlineData("{\"time\":1e300}", "{}", "out_of_range")]
    [InlineData("{\"time\":-1e11}", "{}", "out_of_range")]
    [InlineData("{\"ttl\":\"1m\"}", "{}", "wrong_type")]
    [InlineData("{\"ttl\":-1}", "{}", "out_of_range")]
    [InlineData("{\"time\":1735689600000,\"time\":[],\"ttl\":15000}", "{\"ttl\":15000}", "wrong_type")]
    [InlineData("{\"state\":[]}", "{}", "wrong_type")]
    [InlineData("{\"description\":{}}", "{}", "wrong_type")]
    [InlineData("{\"tags\":\"a\"}", "{}", "wrong_type")]
    [InlineData("{\"tags\":[null]}", "{}", "wrong_type")]
    [InlineData("{\"tags\":[\"a\",[\"b\"]]}", "{}", "wrong_type")]
    [InlineData("{\"meta\":[]}", "{}", "wrong_type")]
    [InlineData("{\"metric\":5,\"metric\":true}", "{}", "wrong_type")]
    [InlineData("{\"metric\":true,\"metric\":5}", "{\"metric\":5}", "wrong_type")]
    [InlineData("{\"ttl\":-1,\"metric\":true}", "{}", "out_of_range")]
    // Nothing of a line that is not JSON
    [InlineData("[{\"metric\":true},nonsense]", "not_json", "")]
    public void What_a_heartbeat_does_not_need_is_no_reason_to_lose_it(string text, string expected, string incomplete)
    {
        Lines read = Lines.Read(text);
        Assert.Equal(expected, read.ToString());
        Assert.Equal(incomplete, string.Join("; ", read.Incomplete));
    }

    [Theory]
    [InlineData("{\"host\":1}", "wrong_type")]
    [InlineData("{\"service\":[]}", "wrong_type")]
    [InlineData("{\"state\":true}", "wrong_type")]
    [InlineData("{\"description\":{}}", "wrong_type")]
    [InlineData("{\"tags\":\"a\"}", "wrong_type")]
    [InlineData("{\"tags\":[null]}", "wrong_type")]
    [InlineData("{\"tags\":[\"a\",[\"b\"]]}", "wrong_type")]
    [InlineData("{\"meta\":[]}", "wrong_type")]
    [InlineData("{\"metric\":\"1\"}", "wrong_type")]
    [InlineData("{\"metric\":true}", "wrong_type")]
    [InlineData("{\"time\":\"2025-01-01\"}", "wrong_type")]
    [InlineData("{\"ttl\":{}}", "wrong_type")]
    [InlineData("{\"host\":1,\"host\":\"a\"}", "wrong_type")]
    [InlineData("{\"host\":1,\"metric\":1e400}", "wrong_type")]
    [InlineData("{\"metric\":1e400}", "out_of_range")]
    [InlineData("{\"metric\":-1e400}", "out_of_range")]
    [InlineData("{\"time\":1e300}", "out_of_range")]
    [InlineData("{\"time\":-1e11}", "out_of_range")]
    [InlineData("{\"ttl\":-1}", "out_of_range")]
    [InlineData("[{},{\"metric\":\"5\"}]", "{}; wrong_type")]
    public void A_strict_server_rejects_it(string text, string expected)
    {
        Lines read = Lines.Read(text, WireLimits.Default with { Strict = true });
        Assert.Equal(expected, read.ToString());
        Assert.Empty(read.Incomplete);
    }

    [Fact]
    public void A_state_that_is_too_long_is_left_out()
    {
        Lines read =
            Lines.Read($"{{\"state\":{new string('1', 255)}}}\n"
                + $"{{\"state\":\"{new string('1', 255)}\"}}\n{{\"state\":{new string('1', 254)}}}");
        Assert.Equal($"{{}}; {{}}; {{\"state\":\"{new string('1', 254)}\"}}", read.ToString());
        Assert.Equal(["state_too_long", "state_too_long"], read.Incomplete);
    }

    [Fact]
    public void What_is_not_UTF_8_rejects_its_line_alone()
    {
        byte[] bytes = [.. "{\"a\":\""u8, 0xC3, .. "\"}\n{}\n"u8, 0xFF, (byte)'\n', .. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8];
        Assert.Equal("{}; not_utf8; not_utf8; not_utf8", Lines.Read(bytes).ToString());
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, false)]
    public void Nesting_has_a_limit(int inside, bool accepted)
    {
        string meta = $"{{\"meta\":{{\"a\":{new string('[', inside)}{new string(']', inside)}}}}}";
        Assert.Equal(accepted ? meta : "too_deep", Lines.Read(meta).ToString());
        string other = meta.Replace("meta", "other", StringComparison.Ordinal);
        Assert.Equal(accepted ? $"{other}; {{}}" : "too_deep", Lines.Read($"[{other},{{}}]").ToString());
    }

    [Fact]
    public void Twenty_thousand_brackets_end_nothing() =>
        Assert.Equal("{}; too_deep; too_deep",
            Lines.Read($"{new string('[', 20_000)}\n{{\"a\":{new string('[', 20_000)}\n{{}}").ToString());

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void A_state_is_shorter_than_255_bytes_of_what_it_means(int length, bool accepted)
    {
        foreach (string letter in (string[])["a", "\\n", "\\u0061"])
        {
            string text = $"{{\"state\":\"{string.Concat(Enumerable.Repeat(letter, length))}\"}}";
            Assert.Equal(accepted ? text : "state_too_long", Lines.Read(text, WireLimits.Default with { Strict = true }).ToString());
        }
    }

    [Fact]
    public void The_last_of_several_members_wins()
    {
        Event e = Event.Parse(
            """{"host":"a","host":"b","metric":1,"metric":null,"time":5,"time":null,"state":null,"tags":["a"],"tags":[]}""");
        Assert.Equal("b", e.Host);
        Assert.Null(e.Metric);
        Assert.Null(e.Time);
        Assert.Null(e.State);
        Assert.Empty(e.Tags);
    }

    [Fact]
    public void Names_and_texts_may_be_escaped()
    {
        Event e = Event.Parse(
            """{"h\u006fst":"\u0061\n","\u0064\u0065\u0073\u0063\u0072\u0069\u0070\u0074\u0069\u006f\u006e":"\ud83d\ude80 \ud800 \udc00\ud83d"}""");
        Assert.Equal("a\n", e.Host);
        Assert.Equal("\U0001F680 \uFFFD \uFFFD\uFFFD", e.Description);
    }

    [Fact]
    public void Numbers_beyond_a_double_are_kept_in_meta_and_unknown_members()
    {
        Event e = Event.Parse("""{"meta":{"big":1e400},"long":12345678901234567890123456789}""");
        Assert.Equal("1e400", e.Meta["big"].ToString());
        Assert.Null(e.Meta["big"].Number);
        Assert.Equal("12345678901234567890123456789", e.Member("long").ToString());
    }

    [Fact]
    public void An_event_that_says_no_time_has_that_of_its_arrival_and_does_not_forward_it()
    {
        Event e = Assert.Single(Lines.Read("{}").Events);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(Lines.Arrival), e.Time);
        Assert.Equal("""{"host":"a"}""", (e with { Host = "a" }).ToString());
        Assert.Equal(e.Time, ((EventView)(e with { Host = "a" })).Time);
    }

    [Fact]
    public void Long_events_in_a_batch_are_rejected_alone()
    {
        WireLimits limits = new(LineLength: 100, EventLength: 20);
        Assert.Equal("{}; {}; too_long", Lines.Read("[{},{\"host\":\"aaaaaaaaaaaaaa\"},{}]", limits).ToString());
    }
}
