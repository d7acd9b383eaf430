using Godot.Alerting;

namespace Godot.Tests;

/// <summary>As a disk that is full, or gone, until somebody mends it.</summary>
sealed class FailingStore : IAlertStore
{
    readonly MemoryStore store = new();

    /// <summary>It takes nothing.</summary>
    public bool Fails { get; set; }

    /// <summary>It does not even say what it has.</summary>
    public bool IsDumb { get; set; }

    public int Attempts { get; private set; }

    public Alerting.Kept Load() => store.Load();

    public KeptKey KeyOf(string key) => IsDumb ? throw new IOException("the disk is gone") : store.KeyOf(key);

    public void Commit(Decisions decisions)
    {
        Attempts++;
        if (Fails) throw new IOException("the disk is full");
        store.Commit(decisions);
    }

    public IReadOnlyList<KeptMessage> Outbox() => store.Outbox();

    public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query) => store.Ledger(query);
}
