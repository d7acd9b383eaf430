using Godot.Alerting;
using Godot.Common;
using Godot.Events;
using Godot.Pulse;
using Godot.Runtime;
using Godot.Survival;

namespace Godot;

/// <summary>What <c>/metrics</c> says. No host and no service is ever a label: their number is the senders' to choose.</summary>
static class MetricsText
{
    public static string Of(IServed run)
    {
        MetricsWriter metrics = new();
        WriteInputs(metrics, run.Inputs);
        WriteLag(metrics, run);
        WriteConnections(metrics, [.. run.Inputs.OfType<StreamInput>()], run.Unfinished.Bytes);
        WriteReactors(metrics, run.Engine);
        WriteAlerts(metrics, run.Engine);
        WriteOutputs(metrics, [.. run.Engine.Outputs]);
        WriteChannels(metrics, run.Engine.Channels);
        WriteSwitches(metrics, run.Switches);
        WriteSubscribers(metrics, run.Subscribers);
        if (run.State is { } state) WriteState(metrics, state);
        if (run.Http is { } http) WriteHttp(metrics, http);
        metrics.Counter("godot_log_lines_dropped_total", "Lines of the log and of Console that could not be written, because nobody read.");
        metrics.Value(BackgroundWriter.AllDropped);
        return metrics.ToString();
    }

    static void WriteInputs(MetricsWriter metrics, IReadOnlyList<Input> inputs)
    {
        metrics.Counter("godot_events_received_total", "Well-formed events.");
        foreach (Input input in inputs) metrics.Value(input.Counters.Received, ("input", input.Name));

        metrics.Counter("godot_events_rejected_total", "Lines, and parts of batches, that were no event, by reason.");
        foreach (Input input in inputs)
        {
            for (int reason = 0; reason < input.Counters.Reasons.Count; reason++)
                metrics.Value(input.Counters.Rejected((RejectReason)reason), ("input", input.Name),
                    ("reason", input.Counters.Reasons[reason]));
        }

        metrics.Counter("godot_events_incomplete_total",
            "Received events that are kept without a member that could not be read, by reason.");
        foreach (Input input in inputs)
        {
            foreach (RejectReason reason in RejectReasons.OfMembers)
                metrics.Value(input.Counters.Incomplete(reason), ("input", input.Name), ("reason", reason.Name()));
        }

        metrics.Counter(
            "godot_events_dropped_total",
            "Events lost: too many series, a stop that could not wait; over UDP a full queue, or a full kernel buffer (a datagram counts "
                + "as one).");
        foreach (Input input in inputs) metrics.Value(input.Dropped, ("input", input.Name));

        metrics.Counter("godot_bytes_received_total", "Bytes received; of datagrams, those that were queued.");
        foreach (Input input in inputs) metrics.Value(input.Counters.Bytes, ("input", input.Name));

        metrics.Counter("godot_strangers_refused_total", "Connections, and datagrams, of peers that may not send.");
        foreach (Input input in inputs.Where(input => input.Allow is not null))
            metrics.Value(input.Counters.Strangers, ("input", input.Name));

        metrics.Counter("godot_udp_dropped_total", "The part of the dropped events that UDP lost, by where.");
        foreach (UdpInput udp in inputs.OfType<UdpInput>())
        {
            metrics.Value(udp.QueueDropped, ("input", udp.Name), ("by", "queue"));
            metrics.Value(udp.KernelDropped, ("input", udp.Name), ("by", "kernel"));
        }
    }

    static void WriteLag(MetricsWriter metrics, IServed run)
    {
        metrics.Gauge("godot_lag_seconds",
            "Since when the oldest waits that has arrived and has not gone through: in a socket, a queue, for its turn, for a reactor.");
        foreach (Input input in run.Inputs) metrics.Value(run.Engine.Backlogs.Lag(input.Name).TotalSeconds, ("input", input.Name));

        metrics.Counter("godot_unheard_seconds_total",
            "Time in which the server was stalled or overloaded; it counts as nobody's silence.");
        metrics.Value(run.Engine.Unheard.TotalSeconds);
    }

    static void WriteConnections(MetricsWriter metrics, IReadOnlyList<StreamInput> inputs, long unfinished)
    {
        metrics.Gauge("godot_connections", "Open connections.");
        foreach (StreamInput input in inputs) metrics.Value(input.Counters.Open, ("input", input.Name));

        metrics.Counter("godot_connections_opened_total", "Connections accepted.");
        foreach (StreamInput input in inputs) metrics.Value(input.Counters.Opened, ("input", input.Name));

        metrics.Counter("godot_connections_refused_total", "Connections closed at once because there were too many.");
        foreach (StreamInput input in inputs) metrics.Value(input.Counters.Refused, ("input", input.Name));

        metrics.Gauge("godot_unfinished_bytes", "What the beginnings of lines take whose rest has not come.");
        metrics.Value(unfinished);

        metrics.Counter("godot_connections_idle_total", "Connections closed because they were silent too long.");
        foreach (StreamInput input in inputs) metrics.Value(input.Counters.Idle, ("input", input.Name));
    }

    static void WriteReactors(MetricsWriter metrics, Engine engine)
    {
        List<StageCount> stages = [.. engine.StageCounts()];

        metrics.Counter("godot_reactor_events_total", "Events handed to each stage.");
        foreach (StageCount stage in stages) metrics.Value(stage.Events, ("reactor", stage.Reactor), ("stage", stage.Stage));

        metrics.Counter("godot_reactor_failures_total", "Events lost in each stage because it threw.");
        foreach (StageCount stage in stages) metrics.Value(stage.Failed, ("reactor", stage.Reactor), ("stage", stage.Stage));

        metrics.Counter("godot_reactor_late_total", "Events that came to a stage too late to be taken into account.");
        foreach (StageCount stage in stages.Where(stage => stage.Late > 0))
            metrics.Value(stage.Late, ("reactor", stage.Reactor), ("stage", stage.Stage));

        metrics.Counter("godot_reactor_keys_refused_total", "Events lost in each reactor because a By has too many keys.");
        foreach (RunningReactor reactor in engine.Plan.Reactors) metrics.Value(reactor.Refused, ("reactor", reactor.Name));

        metrics.Counter("godot_reactor_keys_forgotten_total",
            "Keys of each reactor that were forgotten early, because a By has as many as it may.");
        foreach (RunningReactor reactor in engine.Plan.Reactors) metrics.Value(reactor.Forgotten, ("reactor", reactor.Name));

        metrics.Gauge("godot_series", "Known series, pairs of host and service.");
        metrics.Value(engine.SeriesCount);

        metrics.Gauge("godot_series_name_bytes", "What the names of all series take.");
        metrics.Value(engine.SeriesRoom.Bytes);

        metrics.Counter("godot_series_forgotten_total", "Series that were forgotten early, because there are as many as may be.");
        metrics.Value(engine.SeriesRoom.Forgotten);

        metrics.Counter("godot_engine_lost_total",
            "Events lost on their way through the engine, outside of all stages: memory has run out, or the engine has a mistake.");
        metrics.Value(engine.LostCount);

        metrics.Counter("godot_series_refused_total", "Events dropped because there are too many series.");
        metrics.Value(engine.RefusedCount);
    }

    static void WriteAlerts(MetricsWriter metrics, Engine engine)
    {
        Desk desk = engine.Alerts.Desk;
        metrics.Gauge("godot_incidents", "Open incidents by severity, as the rules rank what events say.");
        foreach ((string severity, int count) in desk.OpenBySeverity().OrderBy(one => one.Key, StringComparer.Ordinal))
            metrics.Value(count, ("severity", severity));

        metrics.Gauge("godot_incidents_acknowledged", "Open incidents that somebody has taken on.");
        metrics.Value(desk.Acknowledged());

        metrics.Gauge("godot_silences", "Silences that have not ended.");
        metrics.Value(desk.Silences.Count);

        (long commits, TimeSpan committing) = desk.Commits;
        metrics.Counter("godot_alerts_store_commits_total", "How often the store took what was decided about alerts.");
        metrics.Value(commits);

        metrics.Counter("godot_alerts_store_commit_seconds_total", "What that took: divided by the commits, the store's latency.");
        metrics.Value(committing.TotalSeconds);

        metrics.Counter("godot_alerts_store_failures_total",
            "How often the store did not take what was decided about alerts; notices went on from memory.");
        metrics.Value(engine.Alerts.StoreFailures);
    }

    static void WriteHttp(MetricsWriter metrics, HttpMonitor http)
    {
        metrics.Gauge("godot_http_connections", "Open HTTP connections.");
        metrics.Value(http.Open);

        metrics.Counter("godot_http_refused_total",
            "HTTP connections closed because there were too many; requests of peers that may not ask, and for other names or of other "
                + "sites' pages.");
        metrics.Value(http.TooMany, ("reason", "too_many"));
        metrics.Value(http.Strangers, ("reason", "stranger"));
        metrics.Value(http.Foreign, ("reason", "foreign"));
    }

    static void WriteSubscribers(MetricsWriter metrics, Subscribers subscribers)
    {
        metrics.Gauge("godot_subscribers", "Clients that follow /events.");
        metrics.Value(subscribers.Count);

        metrics.Counter("godot_subscribers_refused_total", "Clients that would have been one too many.");
        metrics.Value(subscribers.Refused);

        metrics.Counter("godot_subscriber_events_dropped_total", "Events that a client of /events was too slow for.");
        metrics.Value(subscribers.Dropped);
    }

    static void WriteState(MetricsWriter metrics, StateKeeper state)
    {
        metrics.Counter("godot_snapshots_total", "Snapshots of what is known that were written to the data folder.");
        metrics.Value(state.Written);

        metrics.Counter("godot_snapshot_failures_total", "Snapshots that could not be written.");
        metrics.Value(state.Failures);

        metrics.Gauge("godot_snapshot_bytes", "How large the last snapshot is that was written.");
        metrics.Value(state.Bytes);

        if (state.Age is not { } age) return;
        metrics.Gauge("godot_snapshot_age_seconds", "How old the last snapshot is: what a crash would lose.");
        metrics.Value(age.TotalSeconds);
    }

    static void WriteChannels(MetricsWriter metrics, IReadOnlyList<ChannelInfo> channels)
    {
        metrics.Counter("godot_notifications_total",
            "What became of notifications, by channel: sent, dropped because too many waited, abandoned (refused for good, or unsent at "
                + "the stop); and attempts that failed.");
        foreach (ChannelInfo channel in channels)
        {
            foreach ((string outcome, long count) in (ReadOnlySpan<(string, long)>)[("sent", channel.Sent),
                ("failed_attempt", channel.FailedAttempts), ("dropped", channel.Dropped), ("abandoned", channel.Abandoned)])
                metrics.Value(count, ("channel", channel.Name), ("outcome", outcome));
        }

        metrics.Gauge("godot_oldest_unsent_seconds", "For how long the oldest notification of a channel has waited; 0: none waits.");
        foreach (ChannelInfo channel in channels) metrics.Value(channel.OldestUnsent?.TotalSeconds ?? 0, ("channel", channel.Name));

        metrics.Gauge("godot_last_sent_timestamp_seconds", "When something was last sent by a channel, in unix seconds.");
        foreach (ChannelInfo channel in channels.Where(channel => channel.LastSuccess is not null))
            metrics.Value(Seconds(channel.LastSuccess!.Value), ("channel", channel.Name));
    }

    static void WriteSwitches(MetricsWriter metrics, IReadOnlyList<DeadMansSwitch> switches)
    {
        if (switches.Count == 0) return;
        metrics.Counter("godot_dead_mans_switch_pings_total",
            "Pings: sent, failed, or withheld because the server did not do its work.");
        foreach (DeadMansSwitch one in switches)
        {
            foreach ((string outcome, long count) in (ReadOnlySpan<(string, long)>)[("sent", one.Sent), ("failed", one.Failed),
                ("withheld", one.Withheld)])
                metrics.Value(count, ("to", one.To), ("outcome", outcome));
        }

        metrics.Gauge("godot_dead_mans_switch_last_success_timestamp_seconds", "When it last pinged, in unix seconds.");
        foreach (DeadMansSwitch one in switches.Where(one => one.LastSuccess is not null))
            metrics.Value(Seconds(one.LastSuccess!.Value), ("to", one.To));
    }

    static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    static void WriteOutputs(MetricsWriter metrics, IReadOnlyList<OutputQueue> queues)
    {
        // Outputs of one kind, mail to several addresses, are one line.
        var outputs = queues.GroupBy(q => q.Recipe.Name).ToList();
        Write("godot_outputs_pending", "Notifications that wait to be sent.", q => q.Pending, gauge: true);
        Write("godot_outputs_sent_total", "Notifications sent.", q => q.Report.Sent);
        Write("godot_outputs_failed_total", "Attempts to send that failed; a retry that fails counts again.", q => q.Report.Failed);
        Write("godot_outputs_dropped_total", "Notifications dropped because too many waited.", q => q.Report.Dropped);
        Write("godot_outputs_abandoned_total", "Notifications given up: undeliverable, or unsent at the stop.", q => q.Report.Abandoned);

        void Write(string name, string help, Func<OutputQueue, long> value, bool gauge = false)
        {
            if (gauge) metrics.Gauge(name, help);
            else metrics.Counter(name, help);
            foreach (var output in outputs) metrics.Value(output.Sum(value), ("output", output.Key));
        }
    }
}
