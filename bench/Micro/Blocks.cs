using Godot.Events;

namespace Godot.Bench.Micro;

/// <summary>Parsed events in blocks, as the engine is handed them: what benchmarks of everything behind the parser begin with.</summary>
static class Blocks
{
    /// <summary>Events that a benchmark takes at once: a round of the fleet, one of each of its series.</summary>
    public const int Events = 20_000;

    static readonly Lazy<byte[]> Fleet = new(() =>
    {
        using MemoryStream corpus = new();
        FleetCorpus.Write(corpus);
        return corpus.ToArray();
    });

    public static byte[] FleetLines(int events)
    {
        int length = 0;
        foreach (ReadOnlySpan<byte> line in new Lines(Fleet.Value))
        {
            if (events-- == 0) break;
            length += line.Length + 1;
        }
        return Fleet.Value[..length];
    }

    public static List<Block> Of(ReadOnlySpan<byte> text)
    {
        JsonLines lines = new(WireLimits.Default);
        List<Block> blocks = [];
        while (!text.IsEmpty)
        {
            text = lines.Receive(text);
            Block parsed = new();
            while (lines.Read(parsed, arrival: 0)) blocks.Add(Copy(parsed));
        }
        return blocks;
    }

    // The parser's bytes are only lent.
    static Block Copy(Block parsed)
    {
        Block copy = new();
        for (int i = 0; i < parsed.Count; i++) copy.Add(parsed[i]);
        return copy;
    }
}
