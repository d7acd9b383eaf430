namespace Godot;

/// <summary>Divides events among the lanes, by the hashes of their keys. Each lane's share stays in order.</summary>
sealed class Shares(int lanes)
{
    readonly int[] ends = new int[lanes];
    int[] laneOf = new int[64], ordered = new int[64];

    public void Divide(ReadOnlySpan<ulong> hashes)
    {
        if (laneOf.Length < hashes.Length) (laneOf, ordered) = (new int[2 * hashes.Length], new int[2 * hashes.Length]);
        Array.Clear(ends);
        for (int i = 0; i < hashes.Length; i++)
        {
            laneOf[i] = (int)((hashes[i] >> 32) * (ulong)lanes >> 32);
            ends[laneOf[i]]++;
        }
        // Each share begins where the one before it ends, and is filled up to its own end.
        int begin = 0;
        foreach (ref int end in ends.AsSpan()) (begin, end) = (begin + end, begin);
        for (int i = 0; i < hashes.Length; i++) ordered[ends[laneOf[i]]++] = i;
    }

    /// <summary>The indices of a lane's events.</summary>
    public ReadOnlySpan<int> Of(int lane) => ordered.AsSpan((lane == 0 ? 0 : ends[lane - 1])..ends[lane]);

    /// <summary>The lane of one event.</summary>
    public int LaneOf(int index) => laneOf[index];
}
