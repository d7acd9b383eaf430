using System.Globalization;

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
            Comparison comparison = new(strict: shard % 2 > 0);
            byte[] last = "{}"u8.ToArray();
            for (long i = Count / Shards; i > 0; i -= 2)
            {
                byte[] line = generator.Line();
                Compare(comparison, line);
                Compare(comparison, generator.Mutated(line, last));
                last = line;
            }
            Interlocked.Add(ref accepted, comparison.Lines.Accepted);
            Interlocked.Add(ref rejected, comparison.Lines.Rejected.Sum());
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

    static void Compare(Comparison comparison, byte[] line)
    {
        if (comparison.Differ(line) is { } difference) Assert.Fail(difference);
    }

    static long Number(string variable, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long number) ? number : otherwise;
}
