namespace Godot.Memory;

/// <summary>
/// Which keys go when room is short: all above a rank, and of those at it a part, by chance. The choice does not depend on lanes.
/// </summary>
readonly struct Shortage
{
    readonly int rank;
    readonly uint below, salt;

    /// <param name="ranks">How many keys there are of each rank.</param>
    /// <param name="wanted">How many are to go.</param>
    /// <param name="search">The number of the search: another part goes each time.</param>
    public Shortage(ReadOnlySpan<int> ranks, int wanted, int search)
    {
        salt = (uint)search;
        long left = wanted;
        for (rank = Recency.Ranks - 1; rank > 0; rank--)
        {
            // Whoever waits for a moment that is still to come goes only where nobody else can.
            if (left < wanted && rank < Recency.Ranks / 3) break;
            if (ranks[rank] == 0) continue;
            if (ranks[rank] >= left)
            {
                below = (uint)Math.Min(uint.MaxValue, left * (1L << 32) / ranks[rank]);
                return;
            }
            left -= ranks[rank];
        }
        below = 0;
    }

    /// <summary>True if a key must go.</summary>
    /// <param name="of">Its rank.</param>
    /// <param name="tag">A part of its hash.</param>
    public bool Takes(int of, uint tag) => of > rank || (of == rank && of > 0 && Mixed(tag + salt) < below);

    // Multipliers of xxHash: all bits of the sum come to matter to the upper ones.
    static uint Mixed(uint sum)
    {
        sum *= 2_654_435_761;
        return (sum ^ sum >> 15) * 2_246_822_519;
    }

    /// <summary>True if a key of this rank goes although something waits in it.</summary>
    public static bool IsForced(int rank) => rank < Recency.Ranks / 3;
}
