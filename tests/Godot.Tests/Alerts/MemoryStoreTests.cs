using Godot.Alerting;

namespace Godot.Tests;

public sealed class MemoryStoreTests : AlertStoreContract
{
    private protected override IAlertStore New() => new MemoryStore();

    // What ends with the process outlives but the engine.
    private protected override IAlertStore Reopen(IAlertStore store) => store;
}
