namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Map_of_an_asynchronous_function() =>
        Reactors.Test(
            Reactor.Map(async (e, stop) => e.Service == "test" ? null : e with { Description = await FindRunbook(e.Service, stop) }))
            .Given("disk", "test", "cpu")
            .Emits(new Event { Service = "disk", Description = "runbook of disk" },
                new Event { Service = "cpu", Description = "runbook of cpu" });

    static async Task<string> FindRunbook(string? service, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return $"runbook of {service}";
    }
}
