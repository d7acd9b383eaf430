using System.Threading.Channels;
using Godot.Alerting;
using Godot.Recipes;

namespace Godot.Runtime;

/// <summary>
/// Runs the desk: on a thread of its own, so that no pass waits for what it decides; in tests and replay at the end of each pass, so that
/// every run is the same.
/// </summary>
sealed class AlertDesk : IChannels, IDisposable
{
    readonly bool inPasses, isOwnStore;
    readonly ITap? listener;
    readonly ITimer timer;

    // One is enough: a turn takes all that has come.
    readonly Channel<bool> wakeUps =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    readonly Lock opening = new();
    volatile Dictionary<OutputRecipe, IReadOnlyList<IChannel>> channels =
        new Dictionary<OutputRecipe, IReadOnlyList<IChannel>>(ReferenceEqualityComparer.Instance);

    // In passes: something has come. Not while a turn runs: what that does on a lane is a pass, too.
    volatile bool isDue;
    bool turning;
    Task? worker;

    public AlertDesk(EngineOptions options)
    {
        inPasses = options.WaitsForTasks;
        isOwnStore = options.Store is null;
        listener = options.Tap;
        timer = options.TimeProvider.CreateTimer(static desk => ((AlertDesk)desk!).OnTimer(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        Desk = new Desk(options.Store ?? new MemoryStore(), this, options.TimeProvider, Wake, inPasses);
    }

    public Desk Desk { get; }

    public IReadOnlyList<IChannel> Of(OutputRecipe output) => channels.TryGetValue(output, out IReadOnlyList<IChannel>? its) ? its : [];

    public void Decided(LedgerLine line) => listener?.On(line);

    public AlertPort NewPort(string reactor, string step, AlertRule rule, IReadOnlyList<Audience> audiences, IReadOnlyList<Field> fields,
        bool bySeries) => new(reactor, step, rule, audiences, fields) { BySeries = bySeries, Mailbox = Desk.Mailbox };

    /// <summary>Opens the outputs of a policy and of its steps, and returns their queues.</summary>
    /// <exception cref="ArgumentException">One refuses its configuration.</exception>
    public IReadOnlyList<OutputQueue> Open(Policy policy, OutputQueues outputs, ITap? tap)
    {
        List<OutputQueue> queues = [];
        foreach (OutputRecipe output in policy.Outputs.Select(step => step.Output))
        {
            if (tap?.InPlaceOf(output) is { } instead)
            {
                Add(output, [new TapChannel(output.ChannelName, instead)]);
                continue;
            }
            OutputQueue[] its = outputs.Of(output);
            Add(output, [.. its.Select(queue => new QueueChannel(queue))]);
            queues.AddRange(its);
        }
        foreach ((_, Policy next) in policy.Steps) queues.AddRange(Open(next, outputs, tap));
        return queues;
    }

    /// <summary>True if somebody may still have to be told of an incident over this queue.</summary>
    public bool Uses(OutputQueue queue) => Desk.Uses(new QueueChannel(queue));

    /// <summary>A reactor runs from now on.</summary>
    public void Begin(RunningReactor reactor, Engine engine)
    {
        if (reactor.Alert is not (var port, var segment)) return;
        port.Reach = (key, act) => engine.OnKey(segment, key, act);
        lock (opening)
            if (!inPasses) worker ??= Task.Run(RunAsync);
        Desk.Add(port);
        Turn();
    }

    /// <summary>A reactor has ended.</summary>
    public void End(RunningReactor reactor)
    {
        if (reactor.Alert is not (var port, _)) return;
        Turn();
        Desk.Remove(port);
        Arm();
    }

    /// <summary>A pass has handed over all that it emitted.</summary>
    public void PassEnded()
    {
        if (isDue && !turning) Turn();
    }

    /// <summary>Something was done with the desk: sets the timer for what follows.</summary>
    public void Arm()
    {
        // A timer of the system takes no more than 49 days.
        TimeSpan until = Desk.UntilNext is { } next
            ? TimeSpan.FromTicks(Math.Clamp(next.Ticks, 1, TimeSpan.TicksPerDay)) : Timeout.InfiniteTimeSpan;
        timer.Change(until, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When this returns, what was said before is decided and kept.</summary>
    public void Settle() => Turn();

    /// <summary>Decides what is left to decide, for outputs to send.</summary>
    public async Task StopAsync()
    {
        wakeUps.Writer.TryComplete();
        if (worker is { } running) await running.ConfigureAwait(false);
        Desk.End(tellAll: isOwnStore);
        timer.Dispose();
    }

    public void Dispose() => timer.Dispose();

    void Wake()
    {
        if (inPasses) isDue = true;
        else wakeUps.Writer.TryWrite(true);
    }

    void OnTimer()
    {
        if (inPasses) Turn();
        else Wake();
    }

    async Task RunAsync()
    {
        while (await wakeUps.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (wakeUps.Reader.TryRead(out _))
            {
            }
            Turn();
        }
    }

    void Turn()
    {
        turning = true;
        try
        {
            isDue = false;
            Desk.Turn();
        }
        finally
        {
            turning = false;
        }
        Arm();
    }

    void Add(OutputRecipe output, IReadOnlyList<IChannel> its)
    {
        lock (opening)
            channels = new(channels, ReferenceEqualityComparer.Instance) { [output] = its };
    }

    sealed record QueueChannel(OutputQueue Queue) : IChannel
    {
        public string Name => Queue.Recipe.ChannelName;

        public void Send(Notification notification) => Queue.Enqueue(notification);
    }

    /// <summary>Somebody listens in the output's place.</summary>
    sealed record TapChannel(string Name, ITap Tap) : IChannel
    {
        public void Send(Notification notification) => Tap.On(Name, notification);
    }
}
