namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Where_of_an_asynchronous_function() =>
        Reactors.Test(Reactor.Where(async (e, stop) => !await IsInMaintenance(e.Service, stop)))
            .Given("disk", "cpu", "disk")
            .Emits("cpu");

    static Task<bool> IsInMaintenance(string? service, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<bool>(cancellationToken) : Task.FromResult(service == "disk");
}
