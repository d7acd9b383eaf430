using Godot.Common;

namespace Godot;

public sealed partial class GodotServer
{
    readonly List<(TimeSpan Every, Policy To)> switches = [];
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

    /// <summary>
    /// Asks an address for as long as the server does its work: its owner, such as a check service, raises the alarm when that stays away.
    /// What exactly it vouches for is in docs/operating.md.
    /// </summary>
    /// <param name="every">How often; a second to a day. The first time is at the start.</param>
    /// <param name="url">Which; nothing of it but scheme and host is ever shown.</param>
    /// <param name="method">How. Default: GET.</param>
    /// <exception cref="ArgumentException">It is not an address, or the time is out of its range.</exception>
    public GodotServer DeadMansSwitch(TimeSpan every, string url, HttpMethod? method = null) =>
        DeadMansSwitch(every, Policy.To(new PingRecipe(url, method ?? HttpMethod.Get)));

    /// <summary>
    /// Tells a policy's outputs for as long as the server does its work, by an event with the service <c>PROGRAM/alive</c>, that it lives:
    /// another server raises the alarm when that stays away, <c>Policy.Forward("tcp://monitor:9876")</c> here and
    /// <c>Reactor.Where("service", "*/alive").Expire()</c> there.
    /// </summary>
    /// <param name="every">How often; a second to a day. The first time is at the start. The event's ttl is three times as long.</param>
    /// <param name="to">Whom: outputs alone.</param>
    /// <exception cref="ArgumentException">The policy says when, or the time is out of its range.</exception>
    public GodotServer DeadMansSwitch(TimeSpan every, Policy to)
    {
        ArgumentNullException.ThrowIfNull(to);
        RecipeRules.Between(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), every, "DeadMansSwitch's time", nameof(every));
        if (!to.IsOutputsAlone)
            throw new ArgumentException("A dead man's switch pings at its own times: give it outputs alone, no Group, Repeat, Escalate, "
                + "Mute or Fallback.", nameof(to));
        lock (gate)
        {
            ThrowIfStarted();
            switches.Add((every, to));
        }
        return this;
    }

    internal IReadOnlyList<(TimeSpan Every, Policy To)> Switches => switches;

    internal IReadOnlyList<(string Reactors, string When, Fields Equal)> Inhibitions => inhibitions;

    /// <summary>The incidents that are open, oldest first; none before the start.</summary>
    public IReadOnlyList<Incident> Incidents => run?.Engine.Incidents ?? [];

    /// <summary>The silences that have not ended, the one that ends first in front; none before the start.</summary>
    public IReadOnlyList<Silence> Silences => run?.Engine.Silences ?? [];

    /// <inheritdoc cref="Engine.Ledger"/>
    public IReadOnlyList<LedgerLine> Ledger(LedgerQuery? query = null) => run?.Engine.Ledger(query) ?? [];

    /// <inheritdoc cref="Engine.Channels"/>
    public IReadOnlyList<ChannelInfo> Channels => run?.Engine.Channels ?? [];

    /// <inheritdoc cref="Engine.TestAsync"/>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public Task<ChannelTest> TestAsync(string channel, string by, CancellationToken cancellationToken = default) =>
        Running.TestAsync(channel, by, cancellationToken);

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
    public bool RetryOutbox(string id, string by) => Running.RetryOutbox(id, by);

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
