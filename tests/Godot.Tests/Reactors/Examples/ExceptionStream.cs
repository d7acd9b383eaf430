namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest ExceptionStream() =>
        Reactors.Test(Reactor.ExceptionStream(
                r => r.Map(e => e with { Metric = 100 / int.Parse(e.Description!) }),
                failed: lost => lost.Limit(1, per: TimeSpan.FromHours(1)).Console(e => $"{e.Service}: {e.Description}")))
            .Given(new Event { Service = "a", Description = "4" }, new Event { Service = "b", Description = "0" },
                new Event { Service = "c", Description = "5" })
            .Loses(1)
            .Emits(25, 20);
}
