using System.Reflection;
using System.Text;
using Godot.Events;
using Godot.Memory;

namespace Godot.Tests;

public sealed class KeptTests
{
    readonly ListArena<uint> records = new();

    static Event Plain =>
        Event.Parse("""{ "host":"h\u0061", "service":"cpu","state":"ok","time":1700000000.25,"description":"a \"b\"","tags":["x", "y"],"meta":{"k":1.50},"metric":7,"ttl":9,"other":[1] }""");

    public static TheoryData<Event> Events =>
    [
        Plain,
        Plain with { Metric = 0.1 },
        Plain with { Metric = null, Ttl = null },
        Plain with { Time = DateTimeOffset.UnixEpoch, Ttl = TimeSpan.FromHours(1) },
        Plain with { Host = "quote \" and \\", State = "expired", Description = null },
        Plain with { Service = "caf\u00e9", Description = new string('d', 40_000) },
        Plain with { Tags = ["a\\b"], Meta = new Dictionary<string, MetaValue> { ["n"] = "\"" } },
        Plain with { Tags = [], Meta = new Dictionary<string, MetaValue>() },
        Event.Parse("{}"),
        Event.Parse("""{"service":"x"}""") with { Metric = 1 },
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_comes_back_as_it_was_kept(Event e)
    {
        StoredEvent kept = default;
        kept.Set(e, records);
        EventView view = kept.View(records);
        Assert.Equal(e, view.ToEvent());
        Assert.True(view.Bytes.SequenceEqual(((EventView)e).Bytes));
    }

    [Fact]
    public void So_does_one_that_was_changed_on_its_way()
    {
        EventView e = Plain;
        EventView changed = e with { State = "warning", Metric = 3, Tags = ["t"], Host = "a\\b" };
        changed = changed with { State = null, Ttl = TimeSpan.FromSeconds(1), Description = "x" };
        StoredEvent kept = default;
        kept.Set(changed, records);
        EventView view = kept.View(records);
        Assert.Equal(changed.ToEvent(), view.ToEvent());
        Assert.Equal(changed.ToString(), view.ToString());
        Assert.True(view.Json.SequenceEqual(e.Json));
        Assert.Equal("a\\b", view.Host);
        Assert.Null(view.State);
    }

    [Fact]
    public void An_event_that_does_not_say_its_time_keeps_that_of_its_arrival()
    {
        Block block = new();
        new EventReader(WireLimits.Default, new Rejects()).Read(block, """{"service":"a"}"""u8, arrival: 12_345);
        StoredEvent kept = default;
        kept.Set(block[0], records);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(12_345), kept.View(records).Time);
        Assert.False(kept.View(records).Row.Has(FieldSet.Time));
    }

    [Fact]
    public void Each_key_keeps_its_own_however_their_lengths_change()
    {
        StoredEvent[] keys = new StoredEvent[50];
        Random random = new(1);
        string?[] last = new string?[keys.Length];
        for (int i = 0; i < 20_000; i++)
        {
            int key = random.Next(keys.Length);
            if (random.Next(10) == 0)
            {
                keys[key].Clear(records);
                last[key] = null;
            }
            else
            {
                last[key] = new string((char)('a' + i % 26), random.Next(random.Next(20) == 0 ? 30_000 : 200));
                keys[key].Set(new Event { Description = last[key], Metric = i }, records);
            }
            int other = random.Next(keys.Length);
            if (last[other] is { } text) Assert.Equal(text, keys[other].View(records).Description);
        }
    }

    [Fact]
    public void Of_two_events_that_are_looked_at_together_neither_disturbs_the_other()
    {
        StoredEvent a = default, b = default;
        a.Set(Plain with { Service = "a" }, records);
        b.Set(Plain with { Service = "b" }, records);
        EventView first = a.View(records), second = b.View(records);
        Assert.Equal(("a", "b"), (first.Service, second.Service));
    }

    [Fact]
    public void Many_of_them_take_their_bytes_and_a_dozen_more()
    {
        EventView e = Event.Parse($$"""{"service":"a","description":"{{new string('x', 150)}}","time":1}""");
        EventView changed = e with { Metric = 1 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100_000; i++)
        {
            StoredEvent kept = default;
            kept.Set(changed, records);
        }
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100_000.0, 0, Encoding.UTF8.GetByteCount(e.ToString()) + 20);
    }

    [Fact]
    public void Every_stage_that_keeps_events_gives_their_memory_back_with_the_key()
    {
        IEnumerable<Type> keeping = typeof(Stage).Assembly.GetTypes()
            .Where(type => StateOf(type, typeof(Stage<>)) is { } state && Keeps(state));
        Assert.Contains(keeping, type => type.Name == "ExpireStage");
        Assert.All(keeping, type => Assert.NotNull(StateOf(type, typeof(KeepingStage<>))));
    }

    static Type? StateOf(Type? type, Type stage) =>
        type is null ? null
        : type.IsGenericType && type.GetGenericTypeDefinition() == stage ? type.GetGenericArguments()[0]
        : StateOf(type.BaseType, stage);

    static bool Keeps(Type state) =>
        state == typeof(StoredEvent) || state.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Any(field => field.FieldType == typeof(StoredEvent));
}
