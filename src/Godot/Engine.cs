using System.Buffers.Binary;
using System.Collections.Concurrent;
using Godot.Alerting;
using Godot.Common;
using Godot.Events;
using Godot.Memory;
using Godot.Recipes;
using Godot.Runtime;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Runs reactors over events. A server has one; a program can embed one. What comes out depends on what was fed, in which order and when;
/// not on the number of lanes.
/// </summary>
/// <remarks>All members may be called from any thread, except from inside a stage.</remarks>
public sealed partial class Engine : IAsyncDisposable
{
    readonly EngineOptions options;
    readonly ILogger logger;
    readonly long start;
    readonly TimerDriver timerDriver;
    readonly ConcurrentBag<(Intake Intake, Block Block, Backlog Backlog)> feeders = [];

    // Which reactors run; changed under the lock, read without.
    readonly Lock changes = new();
    readonly OutputQueues outputs;
    volatile Plan plan = Plan.Empty;
    int lastTarget;
    bool stopped;

    // Counted from any thread.
    long arrivals;
    long lostOnTheWay;
    readonly LimitAlarm tooManySeries, forgottenSeries;
    readonly OncePerMinute lostLog;

    /// <summary>Makes an engine; it runs at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Engine(EngineOptions? options = null)
    {
        this.options = options ??= new EngineOptions();
        RecipeRules.Between(1, 64, options.Lanes, "EngineOptions.Lanes", nameof(options.Lanes));
        RecipeRules.AtLeast(1, options.MaxSeries, "EngineOptions.MaxSeries", nameof(options.MaxSeries));
        RecipeRules.AtLeast(1, options.MaxKeys, "EngineOptions.MaxKeys", nameof(options.MaxKeys));
        RecipeRules.AtLeast(1, options.MaxNameLength, "EngineOptions.MaxNameLength", nameof(options.MaxNameLength));
        RecipeRules.AtLeast(1, options.MaxNameBytes, "EngineOptions.MaxNameBytes", nameof(options.MaxNameBytes));
        RecipeRules.Between(TimeSpan.FromSeconds(1), RecipeRules.LongestTime, options.IdleAfter, "EngineOptions.IdleAfter",
            nameof(options.IdleAfter));
        RecipeRules.Between(TimeSpan.FromTicks(1), TimeSpan.MaxValue, options.ForgetAfter, "EngineOptions.ForgetAfter",
            nameof(options.ForgetAfter));
        RecipeRules.Positive(options.GiveUpAfter, "EngineOptions.GiveUpAfter", nameof(options.GiveUpAfter));
        logger = options.LoggerFactory.CreateSafeLogger("Godot.Engine");
        start = options.TimeProvider.GetTimestamp();
        lostLog = new OncePerMinute(options.TimeProvider);
        SeriesRoom = new Room(options.MaxSeries, options.MaxNameBytes);
        tooManySeries = new("godot/series-exceeded", "critical", TooMany("events of new ones are dropped"), options.TimeProvider);
        forgottenSeries =
            new("godot/series-forgotten", "warning", TooMany("those that came once, then those idle longest, are forgotten early"),
                options.TimeProvider);
        Lanes = [.. Enumerable.Range(0, options.Lanes).Select(index => new Lane(index, this, options))];
        Alerts = new AlertDesk(options, this);
        outputs = new OutputQueues(options, Alerts.Desk);
        Backlogs = new Backlogs(this, options);
        timerDriver = new TimerDriver(this, options);
        Alerts.Begin();
    }

    internal Lane[] Lanes { get; }

    /// <summary>What becomes of alerts.</summary>
    internal AlertDesk Alerts { get; }

    /// <summary>How many series there may be.</summary>
    internal Room SeriesRoom { get; }

    internal TimerDriver TimerDriver => timerDriver;

    /// <summary>How long the process was stalled.</summary>
    internal StallDetector Stalls { get; } = new();

    /// <summary>Who is under way.</summary>
    internal PassGate Gate { get; } = new();

    /// <summary>What has arrived and not been heard yet: whoever reads on behalf of the engine opens one.</summary>
    internal Backlogs Backlogs { get; }

    /// <summary>How long, so far, the process was stalled or the engine overloaded: no silence.</summary>
    internal TimeSpan Unheard => new(Stalls.Stalled + Backlogs.Unheard);

    internal Plan Plan => plan;

    /// <summary>The clock of every timer and time stamp.</summary>
    public TimeProvider TimeProvider => options.TimeProvider;

    /// <summary>100 ns since the engine began, by the clock's monotonic time.</summary>
    internal long Now => options.TimeProvider.GetElapsedTime(start).Ticks;

    /// <summary>The names of the running reactors, in the order in which they were added.</summary>
    public IReadOnlyList<string> Reactors => [.. plan.Reactors.Select(reactor => reactor.Name)];

    /// <summary>How many series, (host, service) pairs, are known.</summary>
    public int SeriesCount => SeriesRoom.Keys;

    /// <summary>Events dropped because their series would have been one too many; see <see cref="EngineOptions.MaxSeries"/>.</summary>
    public long RefusedCount => tooManySeries.Lost;

    /// <summary>Starts a reactor. Opens its outputs first, so that a configuration that cannot work is refused here.</summary>
    /// <param name="recipe">What to run.</param>
    /// <param name="name">
    /// How metrics, replay, saved state and <see cref="Remove"/> call it. Default: derived from its first filter, such as <c>cpu</c>; if
    /// that is taken, with a hash of the recipe's text behind it. Which of two that share a first filter comes first decides then: where
    /// that may change, give names.
    /// </param>
    /// <returns>The reactor's name.</returns>
    /// <exception cref="ArgumentException">
    /// The name is taken, an output refuses its configuration, an index has the name of another, or topics would lead in a circle; the
    /// message says what to change.
    /// </exception>
    public string Add(Recipe recipe, string? name = null) => Add(recipe, name, options.Tap);

    internal string Add(Recipe recipe, string? name, ITap? tap)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        RefuseStages();
        lock (changes)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            string text = recipe.ToString();
            if (name is null && recipe is AlertReactor)
                throw new ArgumentException(
                    $"A reactor with an alert needs a name, by which its incidents are known after a restart: React(\"cpu\", {text}).",
                    nameof(name));
            if (name is null) name = ReactorName.Of(recipe, IsTaken);
            else if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A reactor's name must not be empty.", nameof(name));
            else if (IsTaken(name)) throw new ArgumentException($"There is a reactor \"{name}\" already: names are unique.", nameof(name));

            RunningReactor reactor = new(name, text, options.TimeProvider, options.LoggerFactory.CreateSafeLogger("Godot.Reactor"));
            Compiler compiler = new(reactor, () => ++lastTarget, outputs, Alerts, tap);
            try
            {
                compiler.Compile(recipe);
                Topics.RefuseCycle(plan.Reactors, reactor);
                foreach (Segment segment in reactor.Segments) segment.Open(Lanes);
                Indexes.RefuseTaken(plan.Reactors, reactor);
                if (reactor.Alert is not null) Alerts.Desk.Check(name);
            }
            catch
            {
                outputs.Keep(plan.Reactors, IsKept);
                throw;
            }
            plan = new Plan([.. plan.Reactors, reactor]);
            foreach ((Segment segment, string step, string host, string service) in compiler.Expected) Expect(segment, step, host, service);
            Alerts.Begin(reactor);
            return name;
        }
    }

    /// <summary>
    /// Stops a reactor: what its windows hold is emitted, and handed to its outputs. False if there is none of this name.
    /// </summary>
    public bool Remove(string name)
    {
        RefuseStages();
        lock (changes)
        {
            if (plan.Reactors.FirstOrDefault(reactor => reactor.Name == name) is not { } reactor) return false;
            plan = new Plan([.. plan.Reactors.Where(other => other != reactor)]);
            End(reactor);
            Alerts.End(reactor);
            // What its timers wait for will not happen; without them nothing keeps it in memory.
            Intake pass = OpenIntake();
            foreach (SegmentShard shard in reactor.Segments.SelectMany(segment => segment.Shards).Where(shard => !shard.KeepsNothing))
                pass.RunLane(shard.Lane, lane => lane.Timers.RemoveAll(timer => timer.What.Stage.Host == shard));
            outputs.Keep(plan.Reactors, IsKept);
            return true;
        }
    }

    /// <summary>
    /// What an index has that matches a query. Each entry is as it was at some time during the search; lanes are held one after the other,
    /// for at most about 2 ms at a time, and nothing is matched
    /// while one is held.
    /// </summary>
    /// <param name="query">
    /// What is asked for. Where it names exactly one host and one service, the answer is a look-up; otherwise every entry is looked at.
    /// </param>
    /// <param name="index">The name that was given to <see cref="Reactor.Index"/>.</param>
    /// <param name="limit">The most events to answer with; those are the first by service and host.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="ArgumentException">No running reactor keeps an index of this name; the message says which there are.</exception>
    /// <exception cref="TimeoutException">A reactor hangs, or the search takes longer than 2 seconds, or a regular expression too long for
    /// one entry; the message says what to change.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SearchResult Search(Query query, string index = IndexStage.UsualName, int limit = 10_000,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return SearchWithin(query, index, new SearchLimits(limit), cancellationToken);
    }

    internal SearchResult SearchWithin(Query query, string index, SearchLimits limits, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(query);
        RefuseStages();
        return new IndexSearch(this, query, limits, stop).Run(Indexes.StagesOf(index, plan.Reactors));
    }

    /// <summary>Takes one event in. When this returns, every reactor has seen it.</summary>
    /// <returns>
    /// False if it was dropped because there are too many series, or its host or service is longer than
    /// <see cref="EngineOptions.MaxNameLength"/>.
    /// </returns>
    public bool Feed(Event e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (IsTooLong(e.Host) || IsTooLong(e.Service)) return false;
        if (!feeders.TryTake(out (Intake Intake, Block Block, Backlog Backlog) feeder))
            feeder = (OpenIntake(), new Block(), Backlogs.Open("Feed"));
        feeder.Block.Clear();
        feeder.Block.Add(e);
        ref EventRow row = ref feeder.Block.Rows[0];
        if (!row.Has(FieldSet.Time)) row.Time = UtcNow;
        // Whoever feeds waits for the lanes, too.
        feeder.Backlog.Arrived();
        try
        {
            bool taken = feeder.Intake.Run(feeder.Block) == 0;
            feeder.Backlog.Done();
            return taken;
        }
        finally
        {
            feeder.Backlog.Clear();
            feeders.Add(feeder);
        }
    }

    /// <summary>100 ns since the unix epoch: the time of an event that says none.</summary>
    internal long UtcNow => EventRules.ToTicks(options.TimeProvider.GetUtcNow());

    /// <summary>A way into the engine for one thread at a time: a connection has one.</summary>
    internal Intake OpenIntake() => new(this);

    /// <summary>Stops the engine, and gives outputs as long as they need.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>
    /// Writes what all reactors hold, for <see cref="Load"/> in another engine: windows, averages, deadlines, the last events. Outputs and
    /// what waits in them are not part of it.
    /// </summary>
    /// <remarks>
    /// What is written is what there was at one moment, in which no event was on its way from one verb to the next. Whoever feeds the
    /// engine waits for that moment, and then half a millisecond at a time: what changes while this runs is taken down first. Reactors that
    /// are added or removed meanwhile wait until it has ended.
    /// </remarks>
    /// <param name="stream">Where it goes. If it throws, so does this.</param>
    /// <param name="cancellationToken">Calls it off: what was written so far is of no use.</param>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public void Save(Stream stream, CancellationToken cancellationToken = default) =>
        Save(stream, cancellationToken.ThrowIfCancellationRequested);

    internal void Save(Stream stream, Action between)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RefuseStages();
        lock (changes) Snapshot.Save(this, stream, between);
    }

    /// <summary>
    /// Takes up what <see cref="Save(Stream, CancellationToken)"/> wrote. Call it once, after the reactors were added and before the first
    /// event. State is carried over from a reactor to the one of the same name, and from a verb to that of the same place among its like:
    /// whatever other verbs were put in or taken out, and with other arguments too where the verb can go on from what it held (<see
    /// cref="Stage.StateShape"/>). Time that went by since counts for nobody.
    /// </summary>
    /// <returns>What became of each verb's state: carried over, or left out, and why.</returns>
    /// <exception cref="InvalidDataException">
    /// This is not saved state, one of a newer version, or cut off; what stood before the cut has been taken up.
    /// </exception>
    public IReadOnlyList<CarriedState> Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RefuseStages();
        lock (changes) return Snapshot.Load(this, stream);
    }

    /// <summary>What would become of each verb's state if that were loaded. Nothing is.</summary>
    internal IReadOnlyList<CarriedState> Compare(Stream stream)
    {
        lock (changes) return Snapshot.Compare(this, stream);
    }

    /// <summary>Whoever was waited for when the state was saved that is loaded now has until then to be heard.</summary>
    internal void BeginGrace()
    {
        if (options.LoadGrace <= TimeSpan.Zero) return;
        long until = 0;
        RunOn(Lanes[0], lane => until = lane.Awake + options.LoadGrace.Ticks);
        foreach (Lane lane in Lanes) RunOn(lane, lane => lane.GraceUntil = until);
    }

    /// <summary>By it keys are divided into partitions; it stands beside what is saved, and is taken up with it.</summary>
    internal ulong PartitionSeed { get; set; } = Entropy.Next();

    /// <summary>How many events each stage of each reactor was handed.</summary>
    internal IEnumerable<StageCount> StageCounts() => plan.Reactors.SelectMany(reactor => reactor.Counts());

    /// <summary>Notifications that the stop lost: neither sent nor saved.</summary>
    internal long LostAtStop => outputs.LostAtStop;

    /// <summary>The outputs' queues.</summary>
    internal IReadOnlyList<OutputQueue> Outputs => outputs.All;

    /// <summary>A stage runs under its lane's lock: what it asks of the engine would wait for itself.</summary>
    internal static void RefuseStages()
    {
        if (Scratch.Current is not null)
            throw new InvalidOperationException("A stage must not call the engine that runs it. It emits with Send.");
    }

    /// <summary>
    /// Counts an event that is dropped because there are too many series; warns once. Returns the event that says so, if it is time for
    /// one.
    /// </summary>
    internal Event? TooManySeries()
    {
        if (tooManySeries.Lost == 0) SeriesRefused(options.MaxSeries, options.MaxNameBytes);
        return tooManySeries.Count();
    }

    /// <summary>The same with series that were forgotten early.</summary>
    internal Event? SeriesForgotten(int count)
    {
        if (forgottenSeries.Lost == 0) ForgotSeries(options.MaxSeries, options.MaxNameBytes);
        return forgottenSeries.Count(count);
    }

    string TooMany(string then) =>
        $"As many series are known as may be, {options.MaxSeries} (EngineOptions.MaxSeries), "
        + $"or their names take {options.MaxNameBytes} bytes (MaxNameBytes); {then}.";

    bool IsTooLong(string? name) => name is not null && name.Length * 3L > options.MaxNameLength
        && System.Text.Encoding.UTF8.GetByteCount(name) > options.MaxNameLength;

    /// <summary>
    /// Counts an event that a pass has lost outside of all stages, which count their own: memory has run out, or the engine has a mistake.
    /// Logs the first, then one a minute.
    /// </summary>
    internal void LostOnTheWay(Exception thrown, EventView e)
    {
        long lost = Interlocked.Increment(ref lostOnTheWay);
        if (lostLog.Pass()) EventLost(Thrown.Readable(thrown), lost, PlainText.Cut(PlainText.Printable(e.ToString()), 300));
    }

    /// <summary>Events lost outside of all stages.</summary>
    internal long LostCount => Volatile.Read(ref lostOnTheWay);

    /// <summary>The number of the first of so many events; numbers rise in the order of arrival.</summary>
    internal long NumberArrivals(int count) => Interlocked.Add(ref arrivals, count) - count + 1;

    /// <summary>Ends without a word: what it holds goes on in another engine.</summary>
    internal void Abandon()
    {
        lock (changes)
        {
            stopped = true;
            timerDriver.Dispose();
            Alerts.Dispose();
        }
    }

    /// <summary>How many events have arrived, or were handed over inside.</summary>
    internal long Arrivals => Volatile.Read(ref arrivals);

    /// <summary>Events that arrive from now on are younger than so many others.</summary>
    internal void NumberArrivalsFrom(long before) => arrivals = Math.Max(arrivals, before);

    /// <summary>Runs something on a lane and hands over what it emits.</summary>
    internal void RunOn(Lane lane, Action<Lane> work)
    {
        Gate.Enter();
        try
        {
            Intake pass = OpenIntake();
            pass.RunLane(lane, work);
            pass.Deliver();
        }
        finally
        {
            Gate.Leave();
        }
        timerDriver.Arm();
    }

    /// <summary>Completes when each lane has taken up something that was handed to it now.</summary>
    internal Task LanesTurnAsync() => Task.Run(() =>
    {
        foreach (Lane lane in Lanes) RunOn(lane, static _ => { });
    });

    bool IsTaken(string name) => plan.Reactors.Any(reactor => reactor.Name == name);

    /// <summary>Lets a reactor emit what it holds. Its segments are in the order in which events pass them.</summary>
    void End(RunningReactor reactor)
    {
        Intake pass = OpenIntake();
        foreach (Segment segment in reactor.Segments)
        {
            foreach (SegmentShard shard in segment.Shards)
            {
                pass.RunLane(shard.Lane, lane =>
                {
                    lane.RunPosted();
                    shard.End();
                });
            }
            pass.Deliver();
        }
    }

    /// <summary>Has an alert's stage do something with a key, made if it is not there.</summary>
    internal void OnKey(Segment segment, KeyName key, Action<AlertStage> act)
    {
        Gate.Enter();
        try
        {
            Intake pass = OpenIntake();
            pass.OnKey(segment, key.First, key.Second, NumberArrivals(1), (shard, number) => shard.With(number, act));
            pass.Deliver();
        }
        finally
        {
            Gate.Leave();
        }
        timerDriver.Arm();
    }

    void Expect(Segment segment, string step, string host, string service)
    {
        Block block = new();
        block.Add(new Event { Host = host, Service = service });
        block.Rows[0].Time = UtcNow;
        block.Rows[0].Hash = SeriesKey.Hash(block[0]);
        if (!OpenIntake().Expect(segment, step, block)) NeverExpected(segment.Reactor, service, host);
        timerDriver.Arm();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning,
        Message = "As many series are known as may be, {Limit} (EngineOptions.MaxSeries), or their names take {Bytes} bytes "
        + "(MaxNameBytes); events of new ones are dropped and counted")]
    partial void SeriesRefused(int limit, long bytes);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning,
        Message = "As many series are known as may be, {Limit} (EngineOptions.MaxSeries), or their names take {Bytes} bytes "
        + "(MaxNameBytes); those that came once, then those idle longest, are forgotten early, and counted")]
    partial void ForgotSeries(int limit, long bytes);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error,
        Message = "An event was lost on its way through the engine, {Lost} so far; the last one was {Sample}")]
    partial void EventLost(Exception thrown, long lost, string sample);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning,
        Message = "Reactor {Reactor} expects {Service} on {Host}, but its filters never let that through")]
    partial void NeverExpected(string reactor, string service, string host);
}
