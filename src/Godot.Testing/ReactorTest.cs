using System.Diagnostics.CodeAnalysis;
using Godot.Alerting;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>
/// A recipe that runs in virtual time: hand it events, let time go by, look at what came out. It begins on the first of January 2025, 0:00
/// UTC.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "In virtual time and without outputs an engine holds nothing that the collector does not take.")]
public sealed class ReactorTest
{
    readonly VirtualClock clock = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    readonly EngineOptions options;
    readonly Recording recording;
    readonly FailureLog failures;
    readonly List<Arrival> given = [];
    Engine engine;

    // How many emissions, and how many lost events, were asked for already; and how many events engines before this one have lost, and
    // found late.
    int seen;
    long lost, lostBefore, lateBefore;

    internal ReactorTest(Recipe recipe, EngineOptions options)
    {
        recording = new Recording(clock);
        failures = new FailureLog(options.LoggerFactory);
        (Recipe, this.options) = (recipe, options with
        {
            TimeProvider = clock, LoggerFactory = failures, WaitsForTasks = true, Store = new MemoryStore(),
        });
        engine = Start();
    }

    /// <summary>What runs.</summary>
    public Recipe Recipe { get; }

    /// <summary>Everything that was handed over, oldest first.</summary>
    public IReadOnlyList<Arrival> Arrivals => given;

    /// <summary>Everything that the recipe's last verb emitted, oldest first.</summary>
    public IReadOnlyList<Emission> Emitted => recording.Emitted;

    /// <summary>Everything that the recipe's outputs would have been handed, oldest first.</summary>
    public IReadOnlyList<Sending> Sent => recording.Sent;

    /// <summary>Hands over these events. One that has no time has that of the virtual clock.</summary>
    public ReactorTest Given(params ReadOnlySpan<Event> events)
    {
        foreach (Event e in events)
        {
            given.Add(new Arrival(clock.Elapsed, e));
            engine.Feed(e);
        }
        return this;
    }

    /// <summary>The same, as one block: as they come when many wait in a connection.</summary>
    internal ReactorTest GivenTogether(params ReadOnlySpan<Event> events)
    {
        foreach (Event e in events) given.Add(new Arrival(clock.Elapsed, e));
        engine.FeedTogether(events);
        return this;
    }

    /// <summary>The virtual clock's time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Somebody sets the monitor's clock on, or back: no time goes by.</summary>
    internal ReactorTest SetClock(TimeSpan by)
    {
        clock.Set(by);
        return this;
    }

    /// <summary>Hands over an event for each of these services, all of the host "host".</summary>
    public ReactorTest Given(params ReadOnlySpan<string> services)
    {
        foreach (string service in services) Given(new Event { Host = "host", Service = service });
        return this;
    }

    /// <summary>Hands over an event for each of these metrics, all of the host "host" and the service "service".</summary>
    public ReactorTest Given(params ReadOnlySpan<double> metrics)
    {
        foreach (double metric in metrics) Given(new Event { Host = "host", Service = "service", Metric = metric });
        return this;
    }

    /// <summary>
    /// Lets time go by. Timers go off at their very time, those that are due at the end included: before the next events.
    /// </summary>
    public ReactorTest After(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        clock.Advance(time);
        return this;
    }

    /// <inheritdoc cref="After(TimeSpan)"/>
    public ReactorTest After(double seconds) => After(TimeSpan.FromSeconds(seconds));

    /// <summary>
    /// Saves what the recipe holds, and goes on with it in a new engine, as a server would that was started again. What comes out must not
    /// differ: so are the <see cref="Stage.Save(StateWriter)"/> and <see cref="Stage.Load(StateReader)"/> of a stage tested.
    /// </summary>
    public ReactorTest Restart()
    {
        using MemoryStream state = new();
        engine.Save(state);
        engine.Abandon();
        (lostBefore, lateBefore) = (Lost, Late);
        engine = Start();
        state.Position = 0;
        ReactorTestException.ThrowIfLeftOut(engine.Load(state));
        return this;
    }

    /// <summary>Stops the engine: what windows and rollups hold comes out.</summary>
    public ReactorTest End()
    {
        engine.StopAsync().GetAwaiter().GetResult();
        return this;
    }

    /// <summary>Exactly events of these services came out since it was last asked, in this order; batches count as their events.</summary>
    /// <exception cref="ReactorTestException">The reactor did otherwise.</exception>
    public ReactorTest Emits(params ReadOnlySpan<string> services) =>
        Check([.. services], FreshEvents(), static (service, e) => e.Service == service, static service => $"\"{service}\"", Show);

    /// <summary>
    /// Exactly events with these metrics came out since it was last asked, in this order; batches count as their events. The last bits of a
    /// metric may differ.
    /// </summary>
    /// <exception cref="ReactorTestException">The reactor did otherwise.</exception>
    public ReactorTest Emits(params ReadOnlySpan<double> metrics) =>
        Check([.. metrics], FreshEvents(), static (metric, e) => e.Metric is { } found && Same(found, metric), RecipeText.Of, Show);

    /// <summary>
    /// Exactly such events came out since it was last asked, in this order; batches count as their events. Fields that an expected event
    /// does not set may be anything.
    /// </summary>
    /// <exception cref="ReactorTestException">The reactor did otherwise.</exception>
    public ReactorTest Emits(params ReadOnlySpan<Event> events) => Check([.. events], FreshEvents(), Fits, Show, Show);

    /// <summary>Exactly these batches came out since it was last asked, in this order, each given by its events' services.</summary>
    /// <exception cref="ReactorTestException">The reactor did otherwise.</exception>
    public ReactorTest EmitsBatches(params ReadOnlySpan<string[]> batches) =>
        Check([.. batches], [.. Fresh().Select(Services)], static (expected, found) => expected.SequenceEqual(found), Show, Show);

    /// <summary>Nothing came out since it was last asked.</summary>
    /// <exception cref="ReactorTestException">Something was emitted.</exception>
    public ReactorTest EmitsNothing() => Emits(ReadOnlySpan<string>.Empty);

    /// <summary>
    /// Exactly so many events were lost since it was last asked, because a stage threw. Every other check makes sure that none was lost
    /// that this did not ask for.
    /// </summary>
    /// <exception cref="ReactorTestException">The reactor did otherwise.</exception>
    public ReactorTest Loses(int events)
    {
        long before = lost;
        lost = Lost;
        if (lost - before != events)
            throw new ReactorTestException($"Lost: {lost - before}{Why}; expected: {events}.", failures.First?.Thrown);
        failures.Forget();
        return this;
    }

    // The engine logs one failure a minute, so there may be none to show.
    string Why => failures.First is { } first
        ? $", because a stage threw; first {first.Stage}: {first.Thrown.GetType()}: {first.Thrown.Message}"
        : "";

    Engine Start()
    {
        Engine engine = new(options);
        engine.Add(Recipe, "test", recording);
        return engine;
    }

    /// <summary>How many events stages have lost because they threw.</summary>
    internal long Lost => lostBefore + engine.StageCounts().Sum(stage => stage.Failed);

    /// <summary>How many events came too late for a stage to take them into account.</summary>
    internal long Late => lateBefore + engine.StageCounts().Sum(stage => stage.Late);

    Emission[] Fresh()
    {
        IReadOnlyList<Emission> all = Emitted;
        Emission[] fresh = [.. all.Skip(seen)];
        seen = all.Count;
        return fresh;
    }

    Event[] FreshEvents() => [.. Fresh().SelectMany(emission => emission.Events)];

    ReactorTest Check<TExpected, TFound>(
        TExpected[] expected, TFound[] found, Func<TExpected, TFound, bool> fits, Func<TExpected, string> showExpected,
            Func<TFound, string> showFound)
    {
        bool right = found.Length == expected.Length && expected.Zip(found).All(pair => fits(pair.First, pair.Second));
        long losses = Lost - lost;
        if (right && losses == 0) return this;
        throw new ReactorTestException($"""
            {(right ? "Events were lost" : "Other events came out than "
            + "expected")}, {RecipeText.Of(clock.Elapsed.TotalSeconds)} s after the start.
            Expected: {List(expected.Select(showExpected))}
            Emitted:  {List(found.Select(showFound))}
            Lost:     {losses}{(losses > 0 ? Why : "")}
            """, losses > 0 ? failures.First?.Thrown : null);
    }

    static string[] Services(Emission emission) => [.. emission.Events.Select(e => e.Service ?? "")];

    static string Show(Event e) => e.ToString();

    static string Show(string[] batch) => $"[{string.Join(", ", batch)}]";

    static string List(IEnumerable<string> items) => string.Join(", ", items.DefaultIfEmpty("nothing"));

    static bool Same(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    static bool Fits(Event expected, Event found)
    {
        if (expected.Given == FieldSet.None) return expected.Equals(found);
        bool Says(FieldSet part) => (expected.Given & part) != 0;
        return (!Says(FieldSet.Host) || expected.Host == found.Host)
            && (!Says(FieldSet.Service) || expected.Service == found.Service)
            && (!Says(FieldSet.State) || expected.State == found.State)
            && (!Says(FieldSet.Description) || expected.Description == found.Description)
            && (!Says(FieldSet.Metric) || expected.Metric == found.Metric)
            && (!Says(FieldSet.Time) || expected.Time == found.Time)
            && (!Says(FieldSet.Ttl) || expected.Ttl == found.Ttl)
            && (!Says(FieldSet.Tags) || expected.Tags.SequenceEqual(found.Tags))
            && (!Says(FieldSet.Meta) || (expected.Meta.Count == found.Meta.Count && !expected.Meta.Except(found.Meta).Any()));
    }
}
