using System.Numerics;
using System.Text;
using Godot.Events;

namespace Godot.Tests.Wire;

/// <summary>Our reader against the oracle, line by line, through one connection's <see cref="JsonLines"/>.</summary>
/// <param name="strict">As <see cref="WireLimits.Strict"/>.</param>
sealed class Comparison(bool strict = false)
{
    public const long Arrival = 1_735_689_600L * TimeSpan.TicksPerSecond;

    readonly Block block = new();
    int compared;

    public JsonLines Lines { get; } = new(WireLimits.Default with { Strict = strict });

    /// <summary>Reads a line that holds no newline; says how the two differ, or null.</summary>
    public string? Differ(byte[] line)
    {
        (List<Dictionary<string, object>> events, List<string> rejects, List<string> incomplete) = Oracle.Read(line, strict);
        long[] before = [.. Lines.Rejected], beforeIncomplete = [.. Lines.Incomplete];
        // Blank lines in front: each line begins at another place in a vector, and older bytes stand behind it.
        Receive(Enumerable.Repeat((byte)'\n', compared++ % 64).ToArray());
        Receive(line);
        Lines.Complete();
        bool any = Lines.Read(block, Arrival);

        List<string> ours = Since(before, Lines.Rejected), oursIncomplete = Since(beforeIncomplete, Lines.Incomplete);
        // We stop where it is too deep, and do not see what is wrong behind.
        if (ours is ["too_deep"] && rejects is ["not_json"] && line.Count(b => b is (byte)'[' or (byte)'{') > WireLimits.Default.Depth)
            ours = rejects;

        bool same = any == events.Count > 0 && block.Count == events.Count && ours.SequenceEqual(rejects)
            && oursIncomplete.SequenceEqual(incomplete);
        for (int i = 0; same && i < events.Count; i++) same = Same(block[i], events[i]);
        string? difference = same ? null : $"""
            {Encoding.UTF8.GetString(line)}
            ({Convert.ToHexString(line)})
            expected {string.Join("; ", [.. events.Select(e => string.Join(", ", e)), .. rejects, "incomplete:", .. incomplete])}
            but was  {string.Join("; ", [.. Enumerable.Range(0, block.Count).Select(i => string.Join(", ", Fields(block[i]))), .. ours, "incomplete:", .. oursIncomplete])}
            """;
        while (Lines.Read(block, Arrival)) { }
        return difference;
    }

    static List<string> Since(long[] before, long[] now) =>
        [.. now.SelectMany((count, reason) => Enumerable.Repeat(((RejectReason)reason).Name(), (int)(count - before[reason])))
            .Order(StringComparer.Ordinal)];

    void Receive(ReadOnlySpan<byte> line)
    {
        while (!line.IsEmpty)
        {
            Span<byte> free = Lines.Free.Span;
            int length = Math.Min(free.Length, line.Length);
            line[..length].CopyTo(free);
            line = line[length..];
            Lines.Received(length);
        }
    }

    static bool Same(EventView e, Dictionary<string, object> expected)
    {
        Dictionary<string, object> actual = Fields(e);
        return (e.Row.Changed == FieldSet.None || IsReadStrictly(e, actual)) && actual.Count == expected.Count
            && actual.All(field => expected.TryGetValue(field.Key, out object? value) && field.Value.Equals(value));
    }

    static Dictionary<string, object> Fields(EventView e)
    {
        Dictionary<string, object> fields =
            new() { ["json"] = e.Row.Changed == FieldSet.None ? e.ToString() : "amended",
                ["others"] = Values(e.Row.Has(FieldSet.Other) ? JsonMembers.ReadOthers(e.Json) : MetaValue.None) };
        if (e.Host is { } host) fields["host"] = host;
        if (e.Service is { } service) fields["service"] = service;
        if (e.State is { } state) fields["state"] = state;
        if (e.Description is { } description) fields["description"] = description;
        if (e.Row.Has(FieldSet.Tags)) fields["tags"] = string.Join('\0', e.Tags);
        if (e.Row.Has(FieldSet.Meta)) fields["meta"] = Values(e.Meta);
        if (e.Metric is { } metric) fields["metric"] = BitConverter.DoubleToInt64Bits(metric);
        if (e.Row.Has(FieldSet.Time) || EventRules.ToTicks(e.Time) != Arrival) fields["time"] = (BigInteger)EventRules.ToTicks(e.Time);
        if (e.Ttl is { } ttl) fields["ttl"] = (BigInteger)ttl.Ticks;
        return fields;
    }

    // What was not as it should be is written as it was understood.
    static bool IsReadStrictly(EventView e, Dictionary<string, object> actual)
    {
        Block again = new();
        new EventReader(WireLimits.Default with { EventLength = int.MaxValue, Strict = true }, new Rejects()).Read(again,
            Encoding.UTF8.GetBytes(e.ToString()), Arrival);
        Dictionary<string, object> fields = Fields(again[0]);
        return fields.Count == actual.Count && actual.All(field => field.Key == "json" || fields[field.Key].Equals(field.Value));
    }

    static string Values(IReadOnlyDictionary<string, MetaValue> values) => string.Join('\0',
        values.OrderBy(value => value.Key, StringComparer.Ordinal)
        .Select(value => KeyValuePair.Create(value.Key, $"{value.Value.Kind} {value.Value}")));
}
