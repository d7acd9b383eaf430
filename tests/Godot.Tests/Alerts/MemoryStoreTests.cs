using Godot.Alerting;

namespace Godot.Tests;

public sealed class MemoryStoreTests : AlertStoreContract
{
    private protected override IAlertStore New() => new MemoryStore();

    // What ends with the process outlives but the engine.
    private protected override IAlertStore Reopen(IAlertStore store) => store;

    [Theory]
    [MemberData(nameof(OutboxCrashStories.Failures), MemberType = typeof(OutboxCrashStories))]
    public async Task What_is_decided_is_told_wherever_a_crash_comes(string failure) =>
        Assert.InRange(await OutboxCrashStories.AreToldWhateverHappens(store => store ?? new MemoryStore(), failure), 12, 40);
}
