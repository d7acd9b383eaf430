using System.Runtime.CompilerServices;
using Godot.Events;

namespace Godot.Tests;

public class EventTests
{
    [Fact]
    public void A_view_is_two_references() => Assert.Equal(2 * IntPtr.Size, SizeOfView());

    [Fact]
    public void Nothing_is_obligatory()
    {
        Event e = new();
        Assert.Null(e.Host);
        Assert.Null(e.Time);
        Assert.Empty(e.Tags);
        Assert.Empty(e.Meta);
        Assert.Equal(e, Event.Parse("{}"));
        Assert.Equal(e.GetHashCode(), Event.Parse("{}").GetHashCode());
    }

    [Fact]
    public void Events_are_equal_however_their_JSON_is_written()
    {
        Event a = Event.Parse("""{"host":"a","metric":1,"time":1735689600,"ttl":10,"tags":["x"],"meta":{"k":1},"other":true}""");
        Event b = Event.Parse(
            """{"other" :true, "meta":{"k":1.0}, "tags":["\u0078"], "ttl":10000, "time":1735689600000, "metric":1e0, "h\u006fst":"\u0061"}""");
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        foreach (Event other in (Event[])
        [
            a with { Host = "b" }, a with { Service = "" }, a with { State = "ok" }, a with { Description = "d" }, a with { Metric = null },
            a with { Time = null }, a with { Ttl = TimeSpan.Zero }, a with { Tags = [] },
                a with { Meta = new Dictionary<string, MetaValue>() },
            Event.Parse("""{"host":"a","metric":1,"time":1735689600,"ttl":10,"tags":["x"],"meta":{"k":1},"other":false}"""),
        ]) Assert.NotEqual(a, other);
    }

    [Fact]
    public void No_tags_and_empty_tags_are_the_same() => Assert.Equal(Event.Parse("""{"tags":[],"meta":{},"host":null}"""), new Event());

    [Fact]
    public void A_changed_copy_is_looked_at_as_it_is_and_leaves_the_original_alone()
    {
        Event made = new() { Host = "a", Metric = 1 };
        Assert.Equal(1, ((EventView)made).Metric);
        Event changed = made with { Metric = 2 };
        Assert.Equal(2, ((EventView)changed).Metric);
        Assert.Equal("a", ((EventView)changed).Host);
        Assert.Equal(1, ((EventView)made).Metric);

        Event came = Event.Parse("""{"host":"a","metric":1,"x":1}""");
        Event twice = came with { Metric = 2 };
        Assert.Equal(2, ((EventView)twice).Metric);
        twice = twice with { Host = null };
        Assert.Null(((EventView)twice).Host);
        Assert.Equal(2, ((EventView)twice).Metric);
        Assert.Equal(1, twice.Member("x").Number);
        Assert.Equal("""{"metric":2,"x":1}""", twice.ToString());
    }

    [Fact]
    public void An_event_without_a_time_has_none_until_it_arrives()
    {
        Event e = new() { Host = "a" };
        Assert.Equal("""{"host":"a"}""", ((EventView)e).ToString());
        Assert.Null(((EventView)e).ToEvent().Time);
        Assert.Null(Event.Parse("""{"host":"a"}""").Time);
    }

    [Fact]
    public void A_kept_view_outlives_its_bytes()
    {
        Block block = new();
        block.Add(Event.Parse("""{"host":"a","tags":["x"]}"""));
        Event kept = (block[0] with { State = "ok" }).ToEvent();
        block.Clear();
        block.Add(Event.Parse("""{"xxxx":"b","yyyy":["z"]}"""));
        Assert.Equal(new Event { Host = "a", State = "ok", Tags = ["x"] }, kept);
    }

    [Theory]
    [InlineData("", "not_an_event")]
    [InlineData("[{}]", "not_an_event")]
    [InlineData("[{},{}]", "not_an_event")]
    [InlineData("1", "not_an_event")]
    [InlineData("{", "not_json")]
    [InlineData("{\"host\":1}", "wrong_type")]
    public void Parsing_says_why_a_text_is_no_event(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Event.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_over_several_lines_is_an_event() => Assert.Equal("a", Event.Parse("{\n  \"host\": \"a\"\n}\n").Host);

    [Fact]
    public void What_an_event_cannot_hold_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Event { State = new string('é', 128) });
        Assert.Throws<ArgumentException>(() => new Event { Metric = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Event { Ttl = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Event { Time = DateTimeOffset.MaxValue });
        Assert.Equal(new string('é', 127), new Event { State = new string('é', 127) }.State);
    }

    [Fact]
    public void Long_events_and_ttls_survive_a_look()
    {
        Event e = new() { Description = new string('a', 1_000_000), Ttl = TimeSpan.MaxValue };
        Assert.Equal(e, ((EventView)e).ToEvent());
        Assert.Equal(e, Event.Parse(e.ToString()));
    }

    [Fact]
    public void An_event_that_was_written_over_several_lines_is_sent_as_one()
    {
        Event e = Event.Parse("{\n  \"host\": \"a\",\r\n  \"meta\": {\n \"k\": \"x\\ny\" },\n \"other\": [1,\n2] }");
        Assert.DoesNotContain('\n', e.ToString());
        Assert.DoesNotContain('\r', e.ToString());
        Assert.Equal(e, Event.Parse(e.ToString()));
        Assert.Equal("x\ny", e.Meta["k"].Text);
    }

    [Fact]
    public void Many_threads_may_look_at_once()
    {
        for (int i = 0; i < 200; i++)
        {
            Event e = new() { Host = "a", Metric = i };
            Parallel.For(0, 8, _ => Assert.Equal("a", ((EventView)e).Host));
        }
    }

    static unsafe int SizeOfView() =>
#pragma warning disable CS8500 // The size of a type with references in it is just what is asked.
        sizeof(EventView);
#pragma warning restore CS8500
}
