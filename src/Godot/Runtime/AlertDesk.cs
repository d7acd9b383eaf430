using System.Threading.Channels;
using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;
using Microsoft.Extensions.Logging;

namespace Godot.Runtime;

/// <summary>
/// Runs the desk: on a thread of its own, so that no pass waits for what it decides; in tests and replay at the end of each pass, so that
/// every run is the same.
/// </summary>
sealed partial class AlertDesk : IChannels, IDisposable
{
    // How long after a turn that could not be ended the next one comes.
    static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    readonly bool inPasses, isOwnStore;
    readonly ITap? listener;
    readonly Engine engine;
    readonly TimeProvider clock;
    readonly ITimer timer;
    readonly ILogger log;
    readonly OncePerMinute storeLog, turnLog;
    long storeFailures;

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

    // Somebody waits for the end of a turn.
    TaskCompletionSource? turned;

    public AlertDesk(EngineOptions options, Engine engine)
    {
        (inPasses, clock, this.engine) = (options.WaitsForTasks, options.TimeProvider, engine);
        isOwnStore = options.Store is null;
        listener = options.Tap;
        log = options.LoggerFactory.CreateSafeLogger("Godot.Alerts");
        (storeLog, turnLog) = (new OncePerMinute(options.TimeProvider), new OncePerMinute(options.TimeProvider));
        timer = options.TimeProvider.CreateTimer(static desk => ((AlertDesk)desk!).OnTimer(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        Desk = new Desk(options.Store ?? new MemoryStore(), this, options.TimeProvider, Wake, inPasses)
        {
            Outlives = !isOwnStore,
            GiveUpAfter = options.GiveUpAfter,
        };
    }

    public Desk Desk { get; }

    public IReadOnlyList<IChannel> Of(OutputRecipe output) => channels.TryGetValue(output, out IReadOnlyList<IChannel>? its) ? its : [];

    /// <summary>How often the store did not take, or did not say, something.</summary>
    public long StoreFailures => Interlocked.Read(ref storeFailures);

    public void Decided(LedgerLine line) => listener?.On(line);

    public IEnumerable<IChannel> Named(string name) => channels.Values.SelectMany(its => its).Where(channel => channel.Name == name);

    public void Say(Event e) => engine.Feed(e);

    public void Gone(string channel, int messages) => LogGone(channel, messages);

    public void StoreFailed(Exception thrown)
    {
        long failures = Interlocked.Increment(ref storeFailures);
        if (storeLog.Pass()) LogStoreFailed(Thrown.Readable(thrown), failures);
    }

    public AlertPort NewPort(string reactor, string step, AlertRule rule, IReadOnlyList<Audience> audiences, IReadOnlyList<Field> fields,
        bool bySeries) => new(reactor, step, rule, audiences, fields)
        {
            BySeries = bySeries,
            Mailbox = Desk.Mailbox,
            OwnText = rule.Text is { } text ? new OwnText(text, clock, inPasses) : null,
        };

    /// <summary>Opens the outputs of a policy and of those that it leads to, and returns their queues.</summary>
    /// <exception cref="ArgumentException">One refuses its configuration.</exception>
    public IReadOnlyList<OutputQueue> Open(Policy policy, OutputQueues outputs, ITap? tap)
    {
        List<OutputQueue> queues = [];
        foreach (OutputRecipe output in policy.All().SelectMany(one => one.Outputs).Select(step => step.Output))
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
        return queues;
    }

    /// <summary>True if somebody may still have to be told of an incident over this queue.</summary>
    public bool Uses(OutputQueue queue) => Desk.Uses(new QueueChannel(queue));

    /// <summary>True if a policy tells by this queue.</summary>
    public bool Tells(OutputQueue queue) => channels.Values.Any(its => its.Contains(new QueueChannel(queue)));

    /// <summary>Somebody has tried a channel.</summary>
    public void Tested(ChannelTest test, string by)
    {
        Desk.Tested(test, by);
        Arm();
    }

    /// <summary>Silences that were kept run on; alerts begin when their reactors do.</summary>
    public void Begin()
    {
        if (Desk.UntilNext is null) return;
        Start();
        Arm();
    }

    /// <summary>A reactor runs from now on.</summary>
    public void Begin(RunningReactor reactor)
    {
        if (reactor.Alert is not (var port, var segment)) return;
        port.Reach = (key, act) => engine.OnKey(segment, key, act);
        Start();
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

    /// <summary>Does what somebody says.</summary>
    public Done Do(Command command, DateTimeOffset now)
    {
        Start();
        Done done = Desk.Do(command, now);
        Arm();
        return done;
    }

    // Sets the timer for what follows.
    void Arm()
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

    /// <summary>Completes when a turn ends from now on; at once where nothing is to be decided.</summary>
    public Task TurnedAsync()
    {
        Task next;
        lock (opening)
        {
            if (worker is null) return Task.CompletedTask;
            next = (turned ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        Wake();
        return next;
    }

    void Start()
    {
        lock (opening)
            if (!inPasses) worker ??= Task.Run(RunAsync);
    }

    void Wake()
    {
        if (inPasses)
        {
            isDue = true;
            return;
        }
        // An output that keeps its messages wakes it where there are no alerts.
        if (worker is null) Start();
        wakeUps.Writer.TryWrite(true);
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
            try
            {
                Turn();
                Interlocked.Exchange(ref turned, null)?.SetResult();
            }
            // A mistake of ours. What has come and was not decided is decided by the next turn.
            catch (Exception thrown)
            {
                if (turnLog.Pass()) LogTurnFailed(Thrown.Readable(thrown));
                timer.Change(AgainAfter, Timeout.InfiniteTimeSpan);
            }
        }
    }

    void Turn()
    {
        turning = true;
        try
        {
            do
            {
                isDue = false;
                Desk.Turn();
            }
            // What follows from a turn, on a lane or at a channel.
            while (isDue);
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
        // A user's output may make it anew each time.
        public string Name { get; } = Queue.Recipe.ChannelName;

        public string? Durable => Queue.Durable;

        public void Send(Notification notification)
        {
            if (!Queue.Enqueue(notification)) notification.Refused?.Invoke("its queue is full");
        }
    }

    /// <summary>Somebody listens in the output's place.</summary>
    sealed record TapChannel(string Name, ITap Tap) : IChannel
    {
        public string? Durable => null;

        public void Send(Notification notification) => Tap.On(Name, notification);
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Error,
        Message = "The store does not take what was decided about alerts, {Failures} times so far. Notices go on from memory and may come "
        + "twice after a crash; it is tried again")]
    partial void LogStoreFailed(Exception thrown, long failures);

    [LoggerMessage(EventId = 122, Level = LogLevel.Error,
        Message = "{Messages} messages to {Channel} from before the start will not be sent: no reactor tells it any more. They are dead "
        + "letters in the outbox")]
    partial void LogGone(string channel, int messages);

    [LoggerMessage(EventId = 121, Level = LogLevel.Error, Message = "A turn of the alerts' desk was broken off; what it left comes next")]
    partial void LogTurnFailed(Exception thrown);
}
