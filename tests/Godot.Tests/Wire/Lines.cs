using System.Text;
using Godot.Events;

namespace Godot.Tests.Wire;

/// <summary>What a piece of input comes to: its events, and its rejects by name.</summary>
sealed class Lines
{
    public const long Arrival = Comparison.Arrival;

    public List<Event> Events { get; } = [];
    public List<string> Rejects { get; } = [];

    /// <summary>Why events are kept without a member, by name.</summary>
    public List<string> Incomplete { get; } = [];

    public static Lines Read(string text, WireLimits? limits = null) => Read(Encoding.UTF8.GetBytes(text), limits);

    public static Lines Read(ReadOnlySpan<byte> bytes, WireLimits? limits = null, Random? pieces = null, int atMost = 256)
    {
        JsonLines lines = new(limits ?? WireLimits.Default);
        Block block = new();
        Lines result = new();
        while (!bytes.IsEmpty)
        {
            Span<byte> free = lines.Free.Span;
            int length = Math.Min(Math.Min(free.Length, bytes.Length), pieces?.Next(1, pieces.Next(2, 300)) ?? int.MaxValue);
            bytes[..length].CopyTo(free);
            bytes = bytes[length..];
            lines.Received(length);
            result.Take(lines, block, atMost);
        }
        lines.Complete();
        result.Take(lines, block, atMost);
        Assert.Equal(result.Events.Count, lines.Accepted);
        result.AddRejects(lines.Rejected);
        foreach (RejectReason reason in RejectReasons.OfMembers)
            result.Incomplete.AddRange(Enumerable.Repeat(reason.Name(), (int)lines.Incomplete[(int)reason]));
        return result;
    }

    /// <summary>What each of several streams comes to, of which one reader takes a piece now and then.</summary>
    public static Lines[] ReadShared(byte[][] streams, WireLimits limits, Random random)
    {
        JsonLines reader = new(limits);
        Block block = new();
        Lines[] results = [.. streams.Select(_ => new Lines())];
        PartialLine[] unfinished = [.. streams.Select(_ => new PartialLine())];
        int[] at = new int[streams.Length];
        List<int> open = [.. Enumerable.Range(0, streams.Length)];
        while (open.Count > 0)
        {
            int number = open[random.Next(open.Count)];
            long[] before = [.. reader.Rejected];
            reader.Resume(unfinished[number]);
            for (int pieces = random.Next(1, 4); pieces > 0 && open.Contains(number); pieces--)
            {
                Span<byte> free = reader.Free.Span;
                int length = Math.Min(Math.Min(free.Length, streams[number].Length - at[number]), random.Next(1, random.Next(2, 300)));
                streams[number].AsSpan(at[number], length).CopyTo(free);
                at[number] += length;
                if (length > 0) reader.Received(length);
                else reader.Complete();
                if (length == 0) open.Remove(number);
                results[number].Take(reader, block, atMost: 256);
            }
            reader.Suspend(unfinished[number]);
            results[number].AddRejects([.. reader.Rejected.Select((count, i) => count - before[i])]);
        }
        Assert.All(unfinished, line => Assert.Equal(0, line.Length));
        foreach (Lines result in results) result.Rejects.Sort(InOrder);
        return results;

        static int InOrder(string a, string b) => Array.IndexOf(RejectReasons.Names, a).CompareTo(Array.IndexOf(RejectReasons.Names, b));
    }

    void AddRejects(ReadOnlySpan<long> counts)
    {
        for (int reason = 0; reason < counts.Length; reason++)
            Rejects.AddRange(Enumerable.Repeat(((RejectReason)reason).Name(), (int)counts[reason]));
    }

    void Take(JsonLines lines, Block block, int atMost)
    {
        while (lines.Read(block, Arrival, atMost))
        {
            for (int i = 0; i < block.Count; i++) Events.Add(block[i].ToEvent());
        }
        Assert.Equal(0, block.Count);
    }

    public override string ToString() => string.Join("; ", [.. Events.Select(e => e.ToString()), .. Rejects]);
}
