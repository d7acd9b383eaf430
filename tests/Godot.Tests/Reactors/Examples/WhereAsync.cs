namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Where_of_an_asynchronous_function() =>
        Reactors.Test(Reactor.Where(async (e, stop) => !await IsInMaintenance(e.Service, stop)))
            .Given("disk", "cpu", "disk")
            .Emits("cpu");

    static Task<bool> IsInMaintenance(string? service, CancellationToken stop) =>
        stop.IsCancellationRequested ? Task.FromCanceled<bool>(stop) : Task.FromResult(service == "disk");
}
