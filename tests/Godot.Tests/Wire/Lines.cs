using System.Text;

namespace Godot.Tests.Wire;

/// <summary>What a piece of input comes to: its events, and its rejects by name.</summary>
sealed class Lines
{
    public const long Arrival = Comparison.Arrival;

    public List<Event> Events { get; } = [];
    public List<string> Rejects { get; } = [];

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
        for (int reason = 0; reason < lines.Rejected.Length; reason++)
            result.Rejects.AddRange(Enumerable.Repeat(((RejectReason)reason).Name(), (int)lines.Rejected[reason]));
        Assert.Equal(result.Events.Count, lines.Accepted);
        return result;
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
