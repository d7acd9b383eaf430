using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Events;
using Godot.Memory;

namespace Godot.Tests.Wire;

public sealed class EventBuilderTests
{
    static readonly string[] Words =
        ["", "a", "cpu", "db/orders", "a\"b", "back\\slash", "two\nlines\t\u0001", "caf\u00e9", "\ud83d\ude80", "{}", "["];

    static Gen<string?> Word => Gen.Frequency((1, Gen.Constant<string?>(null)), (6, Gen.Elements(Words).Select(word => (string?)word)));

    static Gen<MetaValue> Value => Gen.OneOf(
        Gen.Elements(Words).Select(word => (MetaValue)word),
        Gen.Elements(0, 0.1, -2.5, 1e300, 5, 1e15).Select(number => (MetaValue)number),
        Gen.Elements(0, -1, 8_121_069_193_333_309_404).Select(number => (MetaValue)number),
        Gen.Elements(true, false).Select(value => (MetaValue)value));

    static Gen<Event> AnyEvent =>
        from names in Gen.Zip(Word, Word)
        from texts in Gen.Zip(Word, Word)
        from metric in Gen.Elements<double?>(null, 0, 1, -0.1, 1e300, 42.5)
        from time in Gen.Elements<double?>(null, 0, 1_735_689_600.2834567, -1.5)
        from ttl in Gen.Elements<double?>(null, 0, 0.5, 3600)
        from tags in Gen.Elements(Words).ListOf()
        from meta in Gen.Zip(Gen.Elements(Words), Value).ListOf()
        select new Event
        {
            Host = names.Item1,
            Service = names.Item2,
            State = texts.Item1,
            Description = texts.Item2,
            Metric = metric,
            Time = time is { } seconds ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * 1e7)) : null,
            Ttl = ttl is { } valid ? TimeSpan.FromSeconds(valid) : null,
            Tags = [.. tags],
            Meta = meta.GroupBy(pair => pair.Item1).ToDictionary(same => same.Key, same => same.First().Item2),
        };

    [Property(MaxTest = 500)]
    public Property What_is_built_is_written_and_kept_as_what_was_parsed() => Prop.ForAll(AnyEvent.ToArbitrary(), e =>
    {
        string json = e.ToString();
        Event parsed = Event.Parse(json), built = Build(e);

        Assert.Equal(parsed, built);
        Assert.Equal(json, built.ToString());
        Assert.Equal((json, json), (Written(built), Stored(built)));
        Assert.Equal((built with { Metric = 7 }).ToString(), (parsed with { Metric = 7 }).ToString());
    });

    [Property(MaxTest = 100)]
    public Property Every_kind_of_verb_takes_it_for_what_was_parsed() => Prop.ForAll(AnyEvent.ListOf().ToArbitrary(), events =>
    {
        Recipe[] recipes =
        [
            Reactor.Where("service", "*a*").Where(Field.Meta("a"), 5),
            Reactor.Where("state", "a\"b"),
            Reactor.Where("host", "back\\slash").Tagged("cpu"),
            Reactor.By("state", r => r.Sum()),
            Reactor.By(Field.Meta("cpu"), r => r.Sum()),
            Reactor.MovingAverage(3),
            Reactor.Change("description"),
            Reactor.For(TimeSpan.FromSeconds(2), e => e.State == "a"),
            Reactor.Index(),
            Reactor.Expire(),
            Reactor.EventWindow(3),
        ];
        Event[] parsed = [.. events.Select(e => Event.Parse(e.ToString()))], built = [.. events.Select(Build)];
        foreach (Recipe recipe in recipes) Assert.Equal(Run(recipe, parsed), Run(recipe, built));
    });

    [Fact]
    public void What_cannot_be_is_left_out_or_rejects_as_it_does_in_JSON()
    {
        WireLimits limits = new(EventLength: 1000, NameLength: 10, FromOutside: true);
        (string Expected, Action<EventBuilder> Build)[] cases =
        [
            ("""{"service":"a"}; state_too_long""", e => e.Service("a"u8).State(new byte[255])),
            ("""{"service":"a"}; out_of_range""", e => e.Service("a"u8).Metric(double.NaN)),
            ("""{"service":"a"}; out_of_range""", e => e.Service("a"u8).Ttl(TimeSpan.FromTicks(-1))),
            ("""{"service":"a"}; out_of_range""", e => e.Service("a"u8).UnixTime(long.MaxValue)),
            ("""{"service":"a","meta":{"y":1}}; out_of_range""", e => e.Service("a"u8).Meta("x"u8, double.PositiveInfinity).Meta("y"u8, 1)),
            ("name_too_long", e => e.Service("12345678901"u8)),
            ("reserved", e => e.Service("godot/x"u8)),
            ("""{"service":"godot"}""", e => e.Service("godot"u8)),
            ("""{"host":"1234567\"90"}""", e => e.Host("1234567\"90"u8)),
            ("not_utf8", e => e.Description([0xff])),
            ("not_utf8", e => e.Tag("a"u8).Tag([0xc3])),
            ("too_long", e => e.Service("a"u8).Description(new byte[1000])),
            ("""{"state":"b"}""", e => e.State("a"u8).State("b"u8)),
        ];
        foreach ((string expected, Action<EventBuilder> build) in cases)
        {
            Assert.Equal(expected, Built(limits, build));
            Assert.Equal(expected.Split("; ")[^1], Built(limits with { Strict = true }, build));
        }
    }

    [Theory]
    [InlineData(15, 1, 15_0000000)]
    [InlineData(-1_500, 1_000, -1_5000000)]
    [InlineData(1_735_689_600_283_456_789, 1_000_000_000, 17_356_896_002_834_568)]
    [InlineData(-50, 1_000_000_000, -1)]
    [InlineData(49, 1_000_000_000, 0)]
    public void A_time_counts_what_it_likes(long count, long perSecond, long ticks) =>
        Assert.Equal(
            new Event { Time = DateTimeOffset.UnixEpoch.AddTicks(ticks) }.ToString(),
            Built(WireLimits.Default, e => e.UnixTime(count, perSecond)));

    static string Built(WireLimits limits, Action<EventBuilder> build)
    {
        (Block block, List<string> counted) = Make(limits, e =>
        {
            build(e);
            e.Add();
        });
        return string.Join("; ", [.. Enumerable.Range(0, block.Count).Select(i => block[i].ToString()), .. counted]);
    }

    static Event Build(Event e)
    {
        (Block block, List<string> counted) = Make(WireLimits.Default, builder =>
        {
            if (e.Host is not null) builder.Host(Utf8(e.Host));
            if (e.Service is not null) builder.Service(Utf8(e.Service));
            foreach (string tag in e.Tags) builder.Tag(Utf8(tag));
            if (e.State is not null) builder.State(Utf8(e.State));
            foreach ((string name, MetaValue value) in e.Meta)
            {
                _ = value.Kind switch
                {
                    MetaKind.Text => builder.Meta(Utf8(name), Utf8(value.Text!)),
                    MetaKind.Boolean => builder.Meta(Utf8(name), value.Boolean!.Value),
                    _ when long.TryParse(value.ToString(), out long whole) => builder.Meta(Utf8(name), whole),
                    _ => builder.Meta(Utf8(name), value.Number!.Value),
                };
            }
            if (e.Description is not null) builder.Description(Utf8(e.Description));
            if (e.Metric is { } metric) builder.Metric(metric);
            if (e.Time is { } time) builder.Time(time);
            if (e.Ttl is { } ttl) builder.Ttl(ttl);
            builder.Add();
        });
        Assert.Empty(counted);
        return block[0].ToEvent();
    }

    static (Block Block, List<string> Counted) Make(WireLimits limits, Action<EventBuilder> build)
    {
        Rejects rejects = new(), incomplete = new();
        Block block = new();
        EventBuilder builder = new(limits, RejectReasons.Names, rejects, incomplete);
        builder.Fill(block, WireTime.NotArrived);
        // What was left of an event before must not show.
        builder.Host("left"u8).Tag("left"u8).Meta("left"u8, 1).Metric(double.NaN);
        builder.Begin();
        build(builder);
        IEnumerable<long> counts = rejects.Counts.Zip(incomplete.Counts, (rejected, kept) => rejected + kept);
        return (block, [.. RejectReasons.Names.Zip(counts).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second))]);
    }

    static string[] Run(Recipe recipe, Event[] events)
    {
        ReactorTest test = Reactors.Test(recipe);
        foreach (Event e in events) test.Given(e).After(1);
        return [.. test.After(100).Emitted.Select(emission => $"{emission.At}: {string.Join(' ', emission.Events)}")];
    }

    static string Written(EventView e)
    {
        ArrayBufferWriter<byte> output = new();
        EventWriter.Write(e, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    static string Stored(EventView e)
    {
        ListArena<uint> records = new();
        StoredEvent kept = default;
        kept.Set(e, records);
        return kept.View(records).ToString();
    }

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
