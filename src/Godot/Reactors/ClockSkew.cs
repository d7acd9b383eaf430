using Godot.Events;
using Godot.Recipes;
using Godot.Stages;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by how many seconds its host's clock is ahead of the others', behind them if it is
    /// negative: <c>ClockSkew().Over(5)</c>. Scope: all.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>clock-skew</c>. A host's clock is taken to be what its last event said, plus the time since that arrived; the skew of
    /// an event is its own time less the median of all hosts' clocks, its own host's among them: with an even number of hosts, half way
    /// between the two in the middle. So the monitor's own clock does not matter, and neither does what the metric was; when that clock is
    /// set, all hosts are forgotten. An event that says
    /// no host or no time is dropped. One with the state "expired" passes without a metric, and its host is forgotten; so is one that has
    /// been silent for the ttl of its last event, or for 60 seconds if that had none. Memory: the host and 48 bytes, for at most 100,000
    /// hosts; events of further ones are lost in this reactor, and counted. No timers.
    /// </remarks>
    public Reactor ClockSkew() => Add("ClockSkew()", Scope.All, static () => new ClockSkewStage());
}

sealed class ClockSkewStage : Stage
{
    const int MostHosts = 100_000;

    static readonly TimeSpan OrdinaryTtl = TimeSpan.FromSeconds(60);

    // How far each host's clock is ahead of ours, in 100 ns.
    readonly ExpiringMap<string, long> hosts;
    readonly RunningMedian offsets = new();

    // What the calendar said at the last event, less Now.
    long? calendar;

    public ClockSkewStage() => hosts = new(this);

    public override void On(EventView e)
    {
        if (e.Host is not { } host) return;
        hosts.RemoveOver();
        if (e.Is(FieldSet.State, "expired"u8))
        {
            hosts.Remove(host);
            Send(e with { Metric = null });
            return;
        }
        if (!e.Row.Has(FieldSet.Time)) return;
        // What was known of the others was told by another clock.
        if (Math.Abs(UtcNow - Now - (calendar ?? UtcNow - Now)) > ClockWasSet) hosts.RemoveOver(static _ => true);
        calendar = UtcNow - Now;
        long offset = e.Row.Time - UtcNow;
        Set(host, offset, e.Ttl ?? OrdinaryTtl);
        Send(e with { Metric = (double)(offset - offsets.Median) / TimeSpan.TicksPerSecond });
    }

    void Set(string host, long offset, TimeSpan ttl)
    {
        if (hosts.Count < offsets.Count) CountAgain();
        if (hosts.TryGet(host, out long before)) offsets.Remove(before);
        else if (hosts.Count == MostHosts) throw new InvalidOperationException($"ClockSkew compares {MostHosts} hosts at most.");
        hosts.Set(host, offset, ttl);
        offsets.Add(offset);
    }

    // Some hosts were forgotten.
    void CountAgain()
    {
        offsets.Clear();
        foreach ((_, long offset) in hosts.Entries) offsets.Add(offset);
    }

    protected override void Save(StateWriter state) => hosts.Save(state, (host, offset) =>
    {
        state.Write(host);
        state.Write(offset);
    });

    protected override void Load(StateReader state)
    {
        hosts.Load(state, () => (state.ReadString()!, state.ReadInt64()));
        CountAgain();
    }
}
