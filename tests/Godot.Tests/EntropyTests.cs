using Godot.Common;

namespace Godot;

public sealed class EntropyTests
{
    [Fact]
    public void Every_bit_is_one_half_of_the_time()
    {
        const int Times = 4_096;
        int[] ones = new int[64];
        for (int i = 0; i < Times; i++)
        {
            ulong bits = Entropy.Next();
            for (int bit = 0; bit < 64; bit++) ones[bit] += (int)(bits >> bit & 1);
        }
        // Eight standard deviations: once in 10^13 runs.
        Assert.All(ones, count => Assert.InRange(count, Times / 2 - 256, Times / 2 + 256));
    }

    [Fact]
    public void A_seed_is_not_negative() => Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(Entropy.Seed(), 0, int.MaxValue));
}
