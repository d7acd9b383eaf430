using System.Diagnostics.CodeAnalysis;
using Godot.Alerting;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>
/// A server's reactors on a clock that follows the events: it stands at the highest time that one has said. Timers go off at their own
/// times in between, before events of the same time. An event with an older time is late and does not move the clock; one without a time
/// arrives at the clock's present.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "In virtual time and without outputs an engine holds nothing that the collector does not take.")]
sealed class ReplayEngine
{
    // Times are counted from it.
    readonly long start;
    readonly VirtualClock clock;
    readonly Engine engine;
    readonly Intake intake;
    readonly TimeSpan? until;
    readonly Pace? pace;
    readonly Block one = new();
    readonly TextWriter error;

    /// <exception cref="ArgumentException">Two reactors have one name.</exception>
    public ReplayEngine(GodotServer server, DateTimeOffset start, ReplayOptions options, Stream output, TextWriter error,
        ReplayProgress? progress)
    {
        (this.start, this.error) = (EventRules.ToTicks(start), error);
        clock = new VirtualClock(start);
        Lines = new EmissionLines(output, clock, progress);
        until = options.Until - start;
        pace = options.Speed is { } speed ? new Pace(speed, TimeProvider.System) : null;
        engine = new Engine(
            server.Options.Engine with
            {
                TimeProvider = clock, WaitsForTasks = true, LoggerFactory = Loggers(server.Options.Engine.LoggerFactory, error),
                Tap = Lines, Store = null,
            });
        intake = engine.OpenIntake();
        foreach ((string name, (_, Recipe recipe)) in ReactorName.Of(server.Waiting).Zip(server.Waiting)) engine.Add(recipe, name);
        server.Inhibit(engine);
    }

    public EmissionLines Lines { get; }

    /// <summary>Where the clock stands.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Events that were run, and how many of them were late.</summary>
    public long Events { get; private set; }

    public long Late { get; private set; }

    /// <summary>What people had said, and was done again.</summary>
    public long Commands { get; private set; }

    /// <summary>Events lost in a reactor, because a stage threw or there were too many keys.</summary>
    public long Lost =>
        engine.StageCounts().Sum(stage => stage.Failed) + engine.Plan.Reactors.Sum(reactor => reactor.Refused) + engine.RefusedCount;

    /// <summary>An event came that is later than the replay goes.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Runs the events of a block, each at its own time.</summary>
    public async ValueTask RunAsync(Block block)
    {
        for (int i = 0; i < block.Count; i++)
        {
            TimeSpan now = clock.Elapsed, at = At(block.Rows[i]) ?? now;
            IsOver = at > until;
            if (IsOver) return;
            if (at > now) await MoveAsync(at).ConfigureAwait(false);
            if (at < now) Late++;
            if (Command.IsRecorded(block[i])) CarryOut(block[i].ToEvent());
            else Feed(block, i);
        }
    }

    /// <summary>
    /// Runs the clock on to where the replay ends, and then stops the engine as a server does: what windows hold comes out.
    /// </summary>
    public async Task EndAsync()
    {
        if (until > clock.Elapsed) await MoveAsync(until.Value).ConfigureAwait(false);
        await engine.StopAsync().ConfigureAwait(false);
        Lines.Flush();
    }

    // Since the start; null if the event does not say.
    TimeSpan? At(in EventRow row) => row.Has(FieldSet.Time) ? new TimeSpan(row.Time - start) : null;

    // One by one: each event is seen at its very time, and lines come in the order of the events whatever the reads were.
    void Feed(Block block, int index)
    {
        one.Attach(block.Bytes);
        ref EventRow row = ref one.Add();
        row = block.Rows[index];
        if (!row.Has(FieldSet.Time)) row.Time = engine.UtcNow;
        intake.Run(one);
        Events++;
    }

    void CarryOut(Event recorded)
    {
        Events++;
        try
        {
            if (engine.CarryOut(Command.Of(recorded)).Incidents is not null) Commands++;
        }
        catch (FormatException e)
        {
            error.WriteLine($"{PlainText.Printable(recorded.ToString())} is not a command that can be carried out: {e.Message}");
        }
    }

    async ValueTask MoveAsync(TimeSpan to)
    {
        while (pace?.Reach is { } reach && reach < to)
        {
            if (reach > clock.Elapsed) clock.Advance(reach - clock.Elapsed);
            Lines.Flush();
            await pace.WaitAsync().ConfigureAwait(false);
        }
        clock.Advance(to - clock.Elapsed);
    }

    // What goes wrong is said with the time at which it would have.
    ILoggerFactory Loggers(ILoggerFactory given, TextWriter error) => given == NullLoggerFactory.Instance
        ? new TerminalLogger(error, clock, error == Console.Error && TerminalLogger.Colourful(Console.IsErrorRedirected), LogLevel.Warning)
        : given;
}
