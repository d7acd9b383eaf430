namespace Godot.Tests;

/// <summary>What alerts decide depends neither on the lanes nor on the blocks that events come in: each story runs all four ways.</summary>
public abstract class AlertStories(int lanes, bool together)
{
    protected const string Ops = "pager:ops", Boss = "pager:boss", Team = "pager:team";

    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    protected int Lanes => lanes;

    protected bool Together => together;

    protected static Event On(string host, Event e) => e with { Host = host };

    protected AlertTest Test(Action<Engine> rules) => Alerts.Test(rules, new EngineOptions { Lanes = lanes }).InBlocks(together);

    protected AlertTest Test(AlertReactor recipe) => Test(engine => engine.Add(recipe, "test"));
}
