using Godot.Events;

namespace Godot.Runtime;

/// <summary>
/// What the engine has to say itself because of a pass: events that are run once all else has been handed over, as if they had arrived.
/// </summary>
sealed class Notices(Engine engine)
{
    List<Event>? waiting;

    /// <summary>They are being run. What has no room then is lost for once: nothing is said about that.</summary>
    public bool Saying { get; private set; }

    /// <summary>Whether anything waits to be said.</summary>
    public bool Any => waiting is { Count: > 0 };

    public void SeriesDropped() => Note(engine.TooManySeries());

    public void SeriesForgotten(int count) => Note(engine.SeriesForgotten(count));

    public void KeyLost(Segment segment)
    {
        if (!Saying) Note(segment.Running.TooManyKeys(segment));
    }

    public void KeysForgotten(Segment segment, int count)
    {
        if (!Saying) Note(segment.Running.KeysForgotten(segment, count));
    }

    /// <summary>Says all that waits.</summary>
    /// <param name="run">Runs a block.</param>
    public void Say(Func<Block, int> run)
    {
        Block block = new();
        foreach (Event notice in waiting!)
        {
            block.Add(notice);
            block.Rows[block.Count - 1].Time = engine.UtcNow;
        }
        waiting.Clear();
        Saying = true;
        try
        {
            run(block);
        }
        finally
        {
            Saying = false;
        }
    }

    void Note(Event? notice)
    {
        if (notice is not null) (waiting ??= []).Add(notice);
    }
}
