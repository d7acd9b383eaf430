namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Project() =>
        Reactors.Test(Reactor.Project(Reactor.Where("service", "enqueued"), Reactor.Where("service", "dequeued")))
            .Given("enqueued").After(seconds: 1)
            .Given("dequeued").After(seconds: 1)
            .Given("cpu").After(seconds: 1)
            .Given("enqueued")
            .EmitsBatches(["enqueued", "dequeued"], ["enqueued", "dequeued"]);
}
