using System.Globalization;
using System.Numerics;
using System.Text;

namespace Godot.Tests.Wire;

/// <summary>Our reader against the oracle. GODOT_FUZZ_LINES sets how many lines are tried, GODOT_FUZZ_SEED where they start.</summary>
public class DifferentialTests
{
    static readonly long Count = Number("GODOT_FUZZ_LINES", 200_000);
    static readonly int Seed = (int)Number("GODOT_FUZZ_SEED", 20120612);

    [Fact]
    public void Reads_what_System_Text_Json_reads()
    {
        const int Shards = 4;
        long accepted = 0, rejected = 0;
        Parallel.For(0, Shards, shard =>
        {
            JsonGenerator generator = new(new Random(Seed + shard));
            JsonLines lines = new(WireLimits.Default);
            Block block = new();
            byte[] last = "{}"u8.ToArray();
            for (long i = Count / Shards; i > 0; i -= 2)
            {
                byte[] line = generator.Line();
                Compare(lines, block, line);
                Compare(lines, block, generator.Mutated(line, last));
                last = line;
            }
            Interlocked.Add(ref accepted, lines.Accepted);
            Interlocked.Add(ref rejected, lines.Rejected.Sum());
        });
        // The generator has to hit both.
        Assert.InRange(accepted, Count / 3, Count * 2);
        Assert.InRange(rejected, Count / 3, Count * 2);
    }

    [Fact]
    public void Noise_never_throws()
    {
        Random random = new(Seed);
        byte[] noise = new byte[300];
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(noise);
            Lines.Read(noise.AsSpan(0, random.Next(noise.Length)));
        }
    }

    static void Compare(JsonLines lines, Block block, byte[] line)
    {
        (List<Dictionary<string, object>> events, List<string> rejects) = Oracle.Read(line);
        long[] before = [.. lines.Rejected];
        for (int at = 0; at < line.Length;)
        {
            Span<byte> free = lines.Free.Span;
            int length = Math.Min(free.Length, line.Length - at);
            line.AsSpan(at, length).CopyTo(free);
            at += length;
            lines.Received(length);
        }
        lines.Complete();
        bool any = lines.Read(block, Lines.Arrival);

        List<string> ours = [];
        for (int reason = 0; reason < before.Length; reason++)
            ours.AddRange(Enumerable.Repeat(((RejectReason)reason).Name(), (int)(lines.Rejected[reason] - before[reason])));
        ours.Sort(StringComparer.Ordinal);
        if (ours is ["too_deep"] && rejects is ["not_json"] && line.Count(b => b is (byte)'[' or (byte)'{') > 64) ours = rejects;

        bool same = any == events.Count > 0 && block.Count == events.Count && ours.SequenceEqual(rejects);
        for (int i = 0; same && i < events.Count; i++) same = Same(block[i], events[i]);
        if (!same)
        {
            Assert.Fail($"""
                {Encoding.UTF8.GetString(line)}
                ({Convert.ToHexString(line)})
                expected {string.Join("; ", [.. events.Select(e => string.Join(", ", e)), .. rejects])}
                but was  {string.Join("; ", [.. Enumerable.Range(0, block.Count).Select(i => string.Join(", ", Fields(block[i]))), .. ours])}
                """);
        }
        while (lines.Read(block, Lines.Arrival)) { }
    }

    static bool Same(EventView e, Dictionary<string, object> expected)
    {
        Dictionary<string, object> actual = Fields(e);
        return actual.Count == expected.Count && actual.All(field => expected.TryGetValue(field.Key, out object? value) && field.Value.Equals(value));
    }

    static Dictionary<string, object> Fields(EventView e)
    {
        Dictionary<string, object> fields = new() { ["json"] = e.ToString(), ["others"] = Values(e.Row.Has(Parts.Other) ? JsonMembers.ReadOthers(e.Json) : MetaValue.None) };
        if (e.Host is { } host) fields["host"] = host;
        if (e.Service is { } service) fields["service"] = service;
        if (e.State is { } state) fields["state"] = state;
        if (e.Description is { } description) fields["description"] = description;
        if (e.Row.Has(Parts.Tags)) fields["tags"] = string.Join('\0', e.Tags);
        if (e.Row.Has(Parts.Meta)) fields["meta"] = Values(e.Meta);
        if (e.Metric is { } metric) fields["metric"] = BitConverter.DoubleToInt64Bits(metric);
        if (e.Row.Has(Parts.Time)) fields["time"] = (BigInteger)EventRules.ToTicks(e.Time);
        else Assert.Equal(Lines.Arrival, EventRules.ToTicks(e.Time));
        if (e.Ttl is { } ttl) fields["ttl"] = (BigInteger)ttl.Ticks;
        return fields;
    }

    static string Values(IReadOnlyDictionary<string, MetaValue> values) => string.Join('\0',
        values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => KeyValuePair.Create(value.Key, $"{value.Value.Kind} {value.Value}")));

    static long Number(string variable, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long number) ? number : otherwise;
}
