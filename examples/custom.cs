#:project ../src/Godot.Server/Godot.Server.csproj
// Two stages of one's own, in a server program. Try it, the fourth grows for the third time:
// for i in 1 2 3 4; do echo "{\"host\":\"a\",\"service\":\"queue\",\"metric\":$i}"; done | nc -N localhost 9876
using Godot;

await GodotServer.Tcp(9876)
    .React("queue-grows", Reactor.Where("service", "queue").Growing(times: 3).Console())
    .React("first-of-each-state", Reactor.Where("service", "deploy").FirstOfEachState().Console())
    .RunAsync(args);

// Passes an event when the metric has grown so many times in a row. Its state is a struct that the engine keeps for each series:
// the shape for stages that follow very many of them.
sealed class GrowingStage(int times) : Stage<GrowingStage.State>
{
    public struct State
    {
        public double? Last;
        public int Times;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric) return;
        state.Times = metric > state.Last ? state.Times + 1 : 0;
        state.Last = metric;
        if (state.Times >= times) Send(e);
    }
}

// Passes the first event of each state. It has ordinary fields: the engine makes one for each series. No lock is needed, whatever it keeps.
sealed class FirstOfEachStateStage : Stage
{
    readonly HashSet<string> seen = [];

    public override void On(EventView e)
    {
        if (seen.Add(e.State ?? "")) Send(e);
    }
}

// So that they read like the built-in verbs.
static class MyVerbs
{
    extension(Reactor reactor)
    {
        public Reactor Growing(int times) => reactor.Then(() => new GrowingStage(times), verb: $"Growing({times})");

        public Reactor FirstOfEachState() =>
            reactor.Then(() => new FirstOfEachStateStage(), verb: "FirstOfEachState()");
    }
}
