using System.Buffers;
using System.Text;
using FsCheck.Xunit;
using Godot.Events;

namespace Godot.Tests.Wire;

public class EventWriterTests
{
    [Fact]
    public void Fields_have_one_order_and_what_is_not_said_is_left_out()
    {
        Event e = new()
        {
            Ttl = TimeSpan.FromSeconds(22.5),
            Metric = 45.2,
            Meta = new Dictionary<string, MetaValue> { ["build"] = 17, ["zone"] = "a", ["on"] = true, ["none"] = (string?)null,
                ["missing"] = default },
            Tags = ["a", "b\""],
            Description = "line one\nline two",
            Time = DateTimeOffset.UnixEpoch.AddTicks(17_356_896_002_830_000),
            State = "ok",
            Service = "cpu",
            Host = "db",
        };
        Assert.Equal(
            """{"host":"db","service":"cpu","state":"ok","time":1735689600.283,"description":"line one\nline two","tags":["a","b\""],"meta":{"build":17,"zone":"a","on":true,"none":null},"metric":45.2,"ttl":22.5}""", e.ToString());
        Assert.Equal("{}", new Event().ToString());
        Assert.Equal("""{"host":""}""", new Event { Host = "", Tags = [], Metric = null }.ToString());
    }

    [Fact]
    public void A_changed_event_keeps_the_rest_and_the_members_that_we_do_not_know()
    {
        Event e = Event.Parse("""{ "x" : [1, 2], "tags":[ "a" ],"metric":1.50,"host":"\u0061","ttl":1e1,"x":3,"\u0079":null }""");
        Assert.Equal("""{"host":"\u0061","state":"ok","tags":[ "a" ],"metric":1.5,"ttl":10,"x":[1, 2],"x":3,"\u0079":null}""",
            (e with { State = "ok" }).ToString());
        EventView view = e;
        Assert.Equal("""{"host":"\u0061","state":"ok","tags":[ "a" ],"metric":1.5,"ttl":10,"x":[1, 2],"x":3,"\u0079":null}""",
            (view with { State = "ok" }).ToString());
        Assert.Equal("""{"tags":["b"],"metric":2,"ttl":10,"x":[1, 2],"x":3,"\u0079":null}""",
            (view with { Metric = 2, Host = null, Tags = ["b"] }).ToString());
    }

    [Fact]
    public void Changing_an_event_that_came_in_milliseconds_keeps_its_time_and_ttl()
    {
        Event e = Event.Parse("""{"time":1735689600283,"ttl":15000}""");
        Assert.Equal("""{"host":"a","time":1735689600.283,"ttl":15}""", (e with { Host = "a" }).ToString());
    }

    [Fact]
    public void What_came_and_was_not_changed_leaves_byte_for_byte()
    {
        JsonGenerator generator = new(new Random(7));
        for (int i = 0; i < 5000; i++)
        {
            byte[] line = generator.Line();
            if (Lines.Read(line, WireLimits.Default with { Strict = true }).Events is not [Event e]
                || line.AsSpan().TrimStart(" \t\r"u8)[0] != (byte)'{') continue;
            Assert.Equal(Encoding.UTF8.GetString(line).Trim(' ', '\t', '\r'), e.ToString());
        }
    }

    [Fact]
    public void A_changed_view_reads_back_equal()
    {
        JsonGenerator generator = new(new Random(8));
        for (int i = 0; i < 5000; i++)
        {
            // A line that is written is one to whoever ends lines at a carriage return, too: between members it becomes a space.
            byte[] line = generator.Line();
            line.AsSpan().Replace((byte)'\r', (byte)' ');
            foreach (Event e in Lines.Read(line).Events)
            {
                Event made = e with { Description = "new \u0001 \\", Meta = new Dictionary<string, MetaValue>(e.Meta) { ["k"] = i } };
                EventView view = e;
                view = view with { Description = "new \u0001 \\", Meta = made.Meta };
                Event seen = view.ToEvent();
                Assert.Equal(made, seen);
                if (!((EventView)e).Row.Has(FieldSet.Time)) continue;
                Assert.Equal(made, Event.Parse(made.ToString()));
                Assert.Equal(made, Event.Parse(seen.ToString()));
            }
        }
    }

    [Property(MaxTest = 1000)]
    public bool What_is_made_reads_back_equal(string?[] texts, double? metric, long ticks, uint ttl, Dictionary<string, double> meta)
    {
        string? Text(int i) => i < texts.Length ? Whole(texts[i]) : null;
        Event e = new()
        {
            Host = Text(0),
            Service = Text(1),
            State = Text(2) is { Length: > 80 } long_ ? long_[..80] : Text(2),
            Description = Text(3) is { } text ? string.Concat(Enumerable.Repeat(text, 50)) : null,
            Tags = [.. texts.Select(tag => Whole(tag) ?? "")],
            Metric = metric is { } number && double.IsFinite(number) ? number : null,
            Time = DateTimeOffset.UnixEpoch.AddTicks(ticks % (EventRules.LastSecond * TimeSpan.TicksPerSecond / 2)),
            Ttl = new TimeSpan(ttl * 977L),
            Meta = meta.Where(value => double.IsFinite(value.Value)).GroupBy(value => Whole(value.Key)!)
            .ToDictionary(values => values.Key, values => (MetaValue)values.First().Value),
        };
        ArrayBufferWriter<byte> exact = new();
        e.WriteTo(new ExactWriter(exact));
        return Event.Parse(e.ToString()).Equals(e) && ((EventView)e).ToEvent().Equals(e) && Event.Parse(exact.WrittenSpan).Equals(e);
    }

    // A .NET string may hold half a surrogate pair, UTF-8 cannot.
    static string? Whole(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives no byte more than it is asked for.</summary>
    sealed class ExactWriter(ArrayBufferWriter<byte> output) : IBufferWriter<byte>
    {
        public void Advance(int count) => output.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint)[..Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
