namespace Godot.Tests;

/// <summary>Replaces the metric by the number of events so far; its count is an ordinary field.</summary>
sealed class Counting : Stage
{
    int count;

    public override void On(EventView e) => Send(e with { Metric = ++count });
}

/// <summary>The same, its count kept by the engine.</summary>
sealed class CountingState : Stage<int>
{
    protected override void On(EventView e, ref int count) => Send(e with { Metric = ++count });
}

/// <summary>Sends the last event again when its key has been quiet for a time.</summary>
sealed class Echo(TimeSpan after) : Stage
{
    Event? last;

    public override void On(EventView e)
    {
        last = e.ToEvent();
        After(after, () => Send(last));
    }
}

/// <summary>Keeps everything until the end.</summary>
sealed class Hoard : Stage
{
    readonly List<Event> kept = [];

    public override void On(EventView e) => kept.Add(e.ToEvent());

    protected override void Flush()
    {
        foreach (Event e in kept) Send(e);
    }
}

sealed class Throwing : Stage
{
    public override void On(EventView e)
    {
        if (e.Metric is 13) throw new InvalidOperationException("thirteen");
        Send(e);
    }
}
