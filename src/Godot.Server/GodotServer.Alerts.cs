namespace Godot;

public sealed partial class GodotServer
{
    readonly List<(string Reactors, string When, Fields Equal)> inhibitions = [];

    /// <inheritdoc cref="Engine.Inhibit"/>
    public GodotServer Inhibit(string reactors, string when, Fields equal)
    {
        lock (gate)
        {
            if (run is null) inhibitions.Add((reactors, when, equal));
            else run.Engine.Inhibit(reactors, when, equal);
        }
        return this;
    }

    internal IReadOnlyList<(string Reactors, string When, Fields Equal)> Inhibitions => inhibitions;

    /// <summary>The incidents that are open, oldest first; none before the start.</summary>
    public IReadOnlyList<Incident> Incidents => run?.Engine.Incidents ?? [];

    /// <summary>The silences that have not ended, the one that ends first in front; none before the start.</summary>
    public IReadOnlyList<Silence> Silences => run?.Engine.Silences ?? [];

    /// <inheritdoc cref="Engine.Ledger"/>
    public IReadOnlyList<LedgerLine> Ledger(int limit = 1000, Func<LedgerLine, bool>? takes = null) =>
        run?.Engine.Ledger(limit, takes) ?? [];

    /// <inheritdoc cref="Engine.Why"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public Explanation Why(string? host, string? service) => Running.Why(host, service);

    /// <inheritdoc cref="Engine.Acknowledge"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public IReadOnlyList<Incident> Acknowledge(string which, string by, string? note = null, TimeSpan? until = null,
        string? command = null) =>
        Running.Acknowledge(which, by, note, until, command);

    /// <inheritdoc cref="Engine.Resolve"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public IReadOnlyList<Incident> Resolve(string which, string by, string? command = null) => Running.Resolve(which, by, command);

    /// <inheritdoc cref="Engine.Silence"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public (Silence Silence, IReadOnlyList<Incident> Hushed) Silence(Query query, string by, TimeSpan time, string? reason = null,
        string? command = null) => Running.Silence(query, by, time, reason, command);

    /// <inheritdoc cref="Engine.EndSilence"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public bool EndSilence(string id, string by, string? command = null) => Running.EndSilence(id, by, command);

    /// <summary>What was decided and is not delivered, dead letters among it: the oldest first; nothing before the start.</summary>
    public IReadOnlyList<OutboxMessage> Outbox => run?.Engine.Outbox ?? [];

    /// <inheritdoc cref="Engine.RetryOutbox"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public bool RetryOutbox(string id) => Running.RetryOutbox(id);

    /// <inheritdoc cref="Engine.DropOutbox"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public bool DropOutbox(string id, string by) => Running.DropOutbox(id, by);

    /// <summary>Gives an engine the inhibitions of a server that has not started; after the reactors.</summary>
    internal void Inhibit(Engine engine)
    {
        foreach ((string reactors, string when, Fields equal) in inhibitions) engine.Inhibit(reactors, when, equal);
    }

    Engine Running => run?.Engine ?? throw new InvalidOperationException("The server has not started: there are no incidents yet.");
}
