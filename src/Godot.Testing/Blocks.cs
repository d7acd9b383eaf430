using Godot.Events;

namespace Godot;

/// <summary>Events that come together, as they do when many wait in a connection.</summary>
static class Blocks
{
    /// <summary>Hands over events as one block. One that has no time has that of the engine's clock.</summary>
    public static void FeedTogether(this Engine engine, ReadOnlySpan<Event> events)
    {
        Block block = new();
        foreach (Event e in events)
        {
            block.Add(e);
            if (e.Time is null) block.Rows[block.Count - 1].Time = engine.UtcNow;
        }
        engine.OpenIntake().Run(block);
    }
}
