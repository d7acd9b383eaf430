using Godot.Events;
using Godot.Recipes;

namespace Godot.Tests;

public sealed class HashingTests
{
    [Fact]
    public void A_key_that_meets_a_constant_of_the_hash_does_not_wipe_out_the_others()
    {
        // The number whose bytes are one of wyhash's well-known constants: a multiplication by zero, whatever the seed.
        double number = BitConverter.Int64BitsToDouble(unchecked((long)0xe7037ed1a0b428db));
        ulong[] hashes = [.. Enumerable.Range(100_000, 100).Select(i =>
            HashOf(new Event { Host = $"{i}", Metric = number }, [Field.Host, Field.Metric]))];
        Assert.Equal(100, hashes.Distinct().Count());
    }

    static ulong HashOf(EventView e, Field[] fields)
    {
        KeyText text = new();
        return Hashing.Of(text[text.Add(e, fields)]);
    }
}
