using System.Numerics;

namespace Godot.Runtime;

/// <summary>What a pass does on each lane that has a share of it, while that lane's lock is held.</summary>
interface ILaneWork
{
    void Run(Lane lane, ReadOnlySpan<int> share);
}

/// <summary>
/// The way of a pass over the lanes that have a share of it: one lock at a time, and those that are held for long come last. What comes out
/// is put in order afterwards.
/// </summary>
static class LaneVisit
{
    // Threads follow each other from lane to lane, and hardly wait: to leave a lane for later at once costs 15 % (docs/performance.md). Who
    // holds one for longer than this holds it for long, and the free ones go first.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    public static void Run<TWork>(Lane[] lanes, Exchange pass, scoped ref TWork work)
        where TWork : struct, ILaneWork, allows ref struct
    {
        ulong busy = 0;
        foreach (Lane lane in lanes)
        {
            if (pass.Keys.Of(lane.Index).IsEmpty) continue;
            if (!lane.TryEnter(pass, Patience, out Lane.Run run)) busy |= 1UL << lane.Index;
            else
                using (run) work.Run(lane, pass.Keys.Of(lane.Index));
        }
        for (; busy != 0; busy &= busy - 1)
        {
            Lane lane = lanes[BitOperations.TrailingZeroCount(busy)];
            using (lane.Enter(pass)) work.Run(lane, pass.Keys.Of(lane.Index));
        }
    }
}
