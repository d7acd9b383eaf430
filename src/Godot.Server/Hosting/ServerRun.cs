using System.Globalization;
using System.Net;
using Godot.Common;
using Godot.Pulse;
using Godot.Recipes;
using Godot.Storage;
using Godot.Survival;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>One run of a server: what it owns, and the order in which that starts and stops.</summary>
sealed partial class ServerRun : IServed, IAsyncDisposable
{
    // Of the time that a stop may take: for reading what has arrived, until inputs must have ended, and when outputs begin to save what
    // they could not send.
    const double Reading = 0.4;
    const double Ending = 0.6;
    const double Sending = 0.9;

    // A block of events that has been in the engine for so long is a reactor that hangs.
    static readonly TimeSpan Hanging = TimeSpan.FromSeconds(10);

    static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);

    readonly GodotServerOptions options;
    readonly IReadOnlyList<Input> inputs;
    readonly ReaderSlots slots;
    readonly CancellationTokenSource stopping = new(), abandon;
    readonly DataFolder? folder;
    readonly SqliteStore? store;
    readonly ILogger log;
    readonly Lock gate = new();
    readonly string program;
    Task[] running = [], pinging = [];
    Task? stopped;
    HttpMonitor? http;
    volatile bool failed;

    /// <param name="options">The server's.</param>
    /// <param name="inputs">Those to open.</param>
    /// <param name="http">Where to show the run; null: nowhere.</param>
    /// <param name="folder">Where to keep what is known, which ends with the run; null: nowhere.</param>
    /// <param name="program">Who keeps it.</param>
    /// <param name="needsStore">Some of the reactors say alerts, or send what is kept: what becomes of it is kept there, too.</param>
    public ServerRun(GodotServerOptions options, IReadOnlyList<Input> inputs, Port? http, DataFolder? folder, string program,
        bool needsStore)
    {
        this.options = options;
        this.inputs = inputs;
        (this.folder, this.program) = (folder, program);
        log = options.Engine.LoggerFactory.CreateSafeLogger("Godot.Server");
        if (folder is not null && (needsStore || folder.HasStore))
            store = folder.OpenStore(new StoreOptions
            {
                TimeProvider = options.Engine.TimeProvider, LoggerFactory = options.Engine.LoggerFactory,
            });
        Engine = new Engine(options.Engine with { LoadGrace = options.StartGrace, Store = options.Engine.Store ?? store });
        if (folder is not null) State = new StateKeeper(Engine, folder, program, options.SnapshotEvery, log);
        Subscribers = new Subscribers(Engine, options);
        slots = new ReaderSlots(Engine, options.Inputs);
        Unfinished = new UnfinishedLines(Math.Max(options.MaxUnfinishedBytes, 4L * options.MaxLineLength));
        abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.Engine.TimeProvider);
        if (http is not null) this.http = new HttpMonitor(http, this, options, new QueryTurn());
    }

    /// <summary>A port for HTTP that is taken is warned of; otherwise nothing starts.</summary>
    public bool MayGoWithoutHttp { private get; init; }

    public Engine Engine { get; }

    public StateKeeper? State { get; }

    public Subscribers Subscribers { get; }

    public IReadOnlyList<DeadMansSwitch> Switches { get; private set; } = [];

    public IReadOnlyList<Input> Inputs => inputs;

    public IPEndPoint? HttpEndPoint => http?.EndPoint;

    public HttpMonitor? Http => http;

    public UnfinishedLines Unfinished { get; }

    public bool Ready { get; private set; }

    public bool Healthy => !failed && slots.Longest < Hanging;

    public string Health
    {
        get
        {
            TimeSpan lag = Engine.Backlogs.Lag();
            if (lag < WorthSaying) return "ok\n";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"ok\nlag {lag.TotalSeconds:0.0} s: reactors are slower than senders; silence is not judged meanwhile, for at most 10 "
                    + $"minutes\n");
        }
    }

    string? Trouble() => !Ready ? "not all inputs listen" : Healthy ? null : "an input has failed, or a reactor hangs";

    /// <summary>The stop gave up waiting for something.</summary>
    public bool GaveUp { get; private set; }

    public void Add(string? name, Recipe recipe)
    {
        string given = Engine.Add(recipe, name);
        ReactorRuns(given, recipe.ToString());
    }

    public async Task StartAsync(IReadOnlyList<(string? Name, Recipe Recipe)> reactors, Action<Engine> inhibit,
        IReadOnlyList<(TimeSpan Every, Policy To)> switches, CancellationToken giveUp)
    {
        try
        {
            foreach ((string name, (_, Recipe recipe)) in ReactorName.Of(reactors).Zip(reactors)) Add(name, recipe);
            inhibit(Engine);
            Switches = [.. switches.Select(one =>
                new DeadMansSwitch(one.Every, Engine.Open(one.To.Outputs), Engine, program, Trouble, log))];
            Descriptors wanted = new(options.MaxConnections, http is null ? 0 : options.MaxHttpConnections),
                may = wanted.Within(Descriptors.Limit, Descriptors.Open + inputs.Count);
            if (may != wanted) FewFiles(Descriptors.Limit, may.Streams, may.Http, wanted.Streams, wanted.Http);
            if (http is not null)
            {
                await StartHttpAsync(http, may.Http, giveUp).ConfigureAwait(false);
            }
            State?.TakeUp();
            // Whoever sends datagrams does not wait until a cold server has caught up.
            if (inputs.Any(input => input is UdpInput)) await WarmUp.OnceAsync().ConfigureAwait(false);
            ConnectionLimit connections = new(may.Streams, options.Engine.TimeProvider);
            InputContext context = new(options.Inputs, slots, connections, Unfinished, log, stopping.Token, abandon.Token);
            foreach (Input input in inputs) input.Bind(context);
            if (inputs.GroupBy(input => input.Name).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
                throw new InputException($"Two inputs are called {twice}; give one of them another name.");
            running = [.. inputs.Select(input => Task.Run(() => WatchAsync(input), CancellationToken.None))];
            foreach (Input input in inputs)
            {
                if (input.Allow is { } allow) ListeningFor(input.Name, allow);
                else if (input.EndPoint is not null) Listening(input.Name);
                else TakingFrom(input.Name);
                if (input.Allow is { IsOpen: true }) HearsAnyone(input.Name);
            }
            State?.Begin();
            Ready = true;
            pinging = [.. Switches.Select(one => Task.Run(() => one.RunAsync(stopping.Token), CancellationToken.None))];
        }
        catch
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    async Task StartHttpAsync(HttpMonitor monitor, int most, CancellationToken giveUp)
    {
        try
        {
            await monitor.StartAsync(most, giveUp).ConfigureAwait(false);
        }
        catch (InputException e) when (MayGoWithoutHttp)
        {
            http = null;
            await monitor.DisposeAsync().ConfigureAwait(false);
            GoesWithoutHttp(e.Message);
            return;
        }
        ServingFor(monitor.Allow, monitor.EndPoint);
        if (monitor.Allow.IsOpen) HearsAnyone($"http:{monitor.EndPoint}");
    }

    /// <summary>The first call stops; the others wait for it.</summary>
    public Task StopAsync(CancellationToken giveUp)
    {
        lock (gate) return stopped ??= StopOnceAsync(giveUp);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        stopping.Dispose();
        abandon.Dispose();
    }

    async Task StopOnceAsync(CancellationToken giveUp)
    {
        bool ran = Ready;
        Ready = false;
        TimeProvider clock = options.Engine.TimeProvider;
        using CancellationTokenSource soon = new(options.StopTimeout * Sending, clock);
        using CancellationTokenSource hurry = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, giveUp);
        try
        {
            // On a thread of its own: where a reactor hangs, even the call may not return.
            await Task.Run(() => DrainAsync(hurry.Token), CancellationToken.None)
                .WaitAsync(options.StopTimeout, clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            GaveUp = true;
            StopGivenUp(options.StopTimeout);
        }
        catch (Exception e)
        {
            GaveUp = true;
            StopFailed(e);
        }
        if (http is not null) await http.DisposeAsync().ConfigureAwait(false);
        State?.Dispose();
        // What hangs may still write there.
        if (!GaveUp)
        {
            store?.Dispose();
            folder?.Dispose();
        }
        if (inputs.Sum(i => i.Counters.Left) is > 0 and long left) LeftUnread(left);
        if (ran) Stopped(inputs.Sum(i => i.Counters.Received), inputs.Sum(i => i.Counters.AllRejected), inputs.Sum(i => i.Dropped));
    }

    // On a thread of its own, since it may wait there. What it throws is an error of its program: it is said, and the others go on.
    async Task WatchAsync(Input input)
    {
        try
        {
            await input.RunAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was told to stop.
        }
        catch (Exception e)
        {
            failed = true;
            // Whoever sends there is silent through no fault of theirs. docs/decisions/0020-overload-is-no-silence.md.
            Engine.Backlogs.Open(input.Name).Arrived();
            InputFailed(e, input.Name);
        }
    }

    // Inputs first, then what the reactors hold, which is saved if it is kept and otherwise emitted, then the outputs.
    async Task DrainAsync(CancellationToken giveUp)
    {
        abandon.CancelAfter(options.StopTimeout * Reading);
        using (giveUp.Register(abandon.Cancel))
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(pinging).ConfigureAwait(false);
            await Task.WhenAll(running).WaitAsync(options.StopTimeout * Ending, options.Engine.TimeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        for (int i = 0; i < running.Length; i++)
        {
            if (!running[i].IsCompleted) InputGoesOn(inputs[i].Name);
        }
        foreach (Input input in inputs.Where(input => input.IsOpen)) Close(input);
        if (State is null)
        {
            await Engine.StopAsync(giveUp).ConfigureAwait(false);
            return;
        }
        State.End();
        await Engine.HandOverAsync(State.SaveLast, giveUp).ConfigureAwait(false);
    }

    void Close(Input input)
    {
        try
        {
            input.Close();
        }
        catch (Exception e)
        {
            InputNotClosed(e, input.Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "Running reactor {Reactor}: {Recipe}")]
    partial void ReactorRuns(string reactor, string recipe);

    [LoggerMessage(LogLevel.Information, "Listening on {Input}")]
    partial void Listening(string input);

    [LoggerMessage(LogLevel.Information, "Taking events from {Input}")]
    partial void TakingFrom(string input);

    [LoggerMessage(LogLevel.Information,
        "Serving /healthz, /readyz, /metrics, /index, /events and /api/v1/ for {Who} on http://{EndPoint}")]
    partial void ServingFor(Allow who, IPEndPoint endPoint);

    [LoggerMessage(LogLevel.Warning, "{Why} The server goes on without its pages and without commands such as godot ack: --http PORT gives "
        + "it a port of its own, and --http none does without them")]
    partial void GoesWithoutHttp(string why);

    [LoggerMessage(LogLevel.Information, "Listening on {Input} for {Who}")]
    partial void ListeningFor(string input, Allow who);

    [LoggerMessage(LogLevel.Warning, "{Input} lets in anyone who reaches it, without a password; Allow.From names those who may")]
    partial void HearsAnyone(string input);

    [LoggerMessage(LogLevel.Warning,
        "This process may open {Limit} files: at most {Streams} connections are taken, and {Http} over HTTP, where the options say "
            + "{WantedStreams} and {WantedHttp}; raise the limit (ulimit -n, LimitNOFILE=) or lower MaxConnections")]
    partial void FewFiles(long limit, int streams, int http, int wantedStreams, int wantedHttp);

    [LoggerMessage(LogLevel.Warning, "{Bytes} bytes that had come were not read any more: the time for it was over")]
    partial void LeftUnread(long bytes);

    [LoggerMessage(LogLevel.Information, "Stopped: {Received} events received, {Rejected} rejected, {Dropped} dropped")]
    partial void Stopped(long received, long rejected, long dropped);

    [LoggerMessage(LogLevel.Error, "The stop was given up after {Time}: a reactor or an output hangs")]
    partial void StopGivenUp(TimeSpan time);

    [LoggerMessage(LogLevel.Critical, "{Input} has failed and takes nothing in any more; restart the server")]
    partial void InputFailed(Exception e, string input);

    [LoggerMessage(LogLevel.Warning, "{Input} has been told to stop and goes on; what it still hands over is dropped")]
    partial void InputGoesOn(string input);

    [LoggerMessage(LogLevel.Error, "{Input} could not be closed")]
    partial void InputNotClosed(Exception e, string input);

    [LoggerMessage(LogLevel.Error, "The stop failed")]
    partial void StopFailed(Exception e);
}
