using System.Diagnostics.CodeAnalysis;
using Godot.Alerting;
using Godot.Common;
using Godot.Events;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// Rules with alerts that run in virtual time: hand them events, let time go by, look at who was told what. It begins on the first of
/// January 2025, 0:00 UTC.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "In virtual time and without outputs an engine holds nothing that the collector does not take.")]
public sealed class AlertTest
{
    readonly VirtualClock clock = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    readonly Action<Engine> rules;
    readonly FailureLog failures;
    readonly List<Told> told = [];
    readonly HashSet<string> refusing = [];
    EngineOptions options;
    Engine engine;

    // How much of it a test has looked at.
    int seen, seenLines;
    bool inBlocks;

    internal AlertTest(Action<Engine> rules, EngineOptions options)
    {
        failures = new FailureLog(options.LoggerFactory);
        this.rules = rules;
        this.options = options with
        {
            TimeProvider = clock,
            LoggerFactory = failures,
            WaitsForTasks = true,
            Store = options.Store ?? new MemoryStore(),
            Tap = new Listener(this),
        };
        engine = Start();
    }

    /// <summary>Everybody who was told something, in order.</summary>
    public IReadOnlyList<Told> AllTold => told;

    /// <summary>Every decision, in order.</summary>
    public IReadOnlyList<LedgerLine> Ledger => engine.Ledger(new LedgerQuery { Limit = int.MaxValue });

    /// <summary>The incidents that are open.</summary>
    public IReadOnlyList<Incident> Incidents => engine.Incidents;

    /// <inheritdoc cref="Engine.Why"/>
    public Explanation Why(string? host, string? service) => engine.Why(host, service);

    /// <summary>The virtual clock's time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Hands over these events. One that has no time has that of the virtual clock.</summary>
    public AlertTest Given(params ReadOnlySpan<Event> events)
    {
        if (inBlocks) return GivenTogether(events);
        foreach (Event e in events) engine.Feed(e);
        return this;
    }

    /// <summary>From now on, what is given together comes in one block, or again each event in one of its own.</summary>
    internal AlertTest InBlocks(bool together = true)
    {
        inBlocks = together;
        return this;
    }

    /// <summary>The same, as one block: as they come when many wait in a connection.</summary>
    internal AlertTest GivenTogether(params ReadOnlySpan<Event> events)
    {
        engine.FeedTogether(events);
        return this;
    }

    /// <summary>Lets time go by. What is due then is done at its very time, before the next events.</summary>
    public AlertTest After(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        clock.Advance(time);
        return this;
    }

    /// <inheritdoc cref="After(TimeSpan)"/>
    public AlertTest After(double days = 0, double hours = 0, double minutes = 0, double seconds = 0) =>
        After(TimeSpan.FromDays(days) + TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(seconds));

    /// <summary>Somebody sets the monitor's calendar on, or back: no time goes by.</summary>
    public AlertTest SetClock(TimeSpan by)
    {
        clock.Set(by);
        return this;
    }

    /// <inheritdoc cref="Engine.Acknowledge"/>
    public AlertTest Acknowledge(string which, string by, TimeSpan? until = null, string? note = null, string? command = null)
    {
        engine.Acknowledge(which, by, note, until, command);
        return this;
    }

    /// <inheritdoc cref="Engine.Resolve"/>
    public AlertTest Resolve(string which, string by, string? command = null)
    {
        engine.Resolve(which, by, command);
        return this;
    }

    /// <inheritdoc cref="Engine.Silence"/>
    public AlertTest Silence(string query, string by, double hours = 0, double minutes = 0, string? reason = null, string? command = null)
    {
        engine.Silence(Query.Parse(query), by, TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes), reason, command);
        return this;
    }

    /// <inheritdoc cref="Engine.EndSilence"/>
    public AlertTest EndSilence(string id, string by)
    {
        engine.EndSilence(id, by);
        return this;
    }

    /// <summary>From now on this channel refuses for good whatever it is told, or takes it again.</summary>
    public AlertTest Refuses(string channel, bool refuses = true)
    {
        if (refuses) refusing.Add(channel);
        else refusing.Remove(channel);
        return this;
    }

    /// <summary>Stops a reactor.</summary>
    public AlertTest Remove(string reactor)
    {
        engine.Remove(reactor);
        return this;
    }

    /// <summary>
    /// The process is killed, and starts again after a time with the same rules. What it had not told by then is told by the next one, or
    /// by nobody.
    /// </summary>
    /// <param name="keeps">What outlives it.</param>
    /// <param name="away">For how long it does not run.</param>
    public AlertTest Crash(Saved keeps = Saved.Store, TimeSpan away = default)
    {
        using MemoryStream state = new();
        if (keeps == Saved.StoreAndSnapshot) engine.Save(state);
        engine.Abandon();
        clock.Advance(away);
        if (keeps == Saved.Nothing) options = options with { Store = new MemoryStore() };
        engine = Start();
        state.Position = 0;
        if (keeps == Saved.StoreAndSnapshot) ReactorTestException.ThrowIfLeftOut(engine.Load(state));
        return this;
    }

    /// <summary>
    /// Exactly this was told since it was last asked, and to this channel: the notices of one message with "; " between them. A notice may
    /// be given by its beginning.
    /// </summary>
    /// <exception cref="ReactorTestException">It was not so.</exception>
    public AlertTest Tells(string channel, string text) => Tells((channel, text));

    /// <summary>Exactly these were told since it was last asked, in this order.</summary>
    /// <exception cref="ReactorTestException">It was not so.</exception>
    public AlertTest Tells(params ReadOnlySpan<(string Channel, string Text)> expected)
    {
        Told[] fresh = [.. told.Skip(seen)];
        bool right = fresh.Length == expected.Length;
        for (int i = 0; right && i < fresh.Length; i++) right = fresh[i].Channel == expected[i].Channel && Fits(fresh[i], expected[i].Text);
        if (!right) throw Wrong([.. expected.ToArray().Select(one => $"{one.Channel}: {one.Text}")], fresh);
        Looked();
        return this;
    }

    /// <summary>Nobody was told anything since it was last asked; if a reason is given, the ledger has it since then.</summary>
    /// <exception cref="ReactorTestException">It was not so.</exception>
    public AlertTest TellsNobody(string? because = null)
    {
        Told[] fresh = [.. told.Skip(seen)];
        if (fresh.Length > 0) throw Wrong([], fresh);
        LedgerLine[] lines = [.. Ledger.Skip(seenLines)];
        if (because is not null && !Array.Exists(lines, line => line.ToString().Contains(because, StringComparison.Ordinal)))
            throw new ReactorTestException(
                $"Nobody was told, but no line of the ledger says \"{because}\". It says:\n{string.Join('\n', lines.AsEnumerable())}",
                null);
        Looked();
        return this;
    }

    void Looked() => (seen, seenLines) = (told.Count, Ledger.Count);

    static bool Fits(Told one, string text) =>
        one.Text == text || one.Text.StartsWith($"{text} ", StringComparison.Ordinal);

    ReactorTestException Wrong(string[] expected, Told[] fresh) => new($"""
        Others were told than expected, {RecipeText.Of(clock.Elapsed.TotalSeconds)} s after the start.
        Expected: {string.Join(", ", expected.DefaultIfEmpty("nobody"))}
        Told:     {string.Join(", ", fresh.Select(one => one.ToString()).DefaultIfEmpty("nobody"))}
        Ledger:
        {string.Join('\n', Ledger.TakeLast(20))}
        """, failures.First?.Thrown);

    Engine Start()
    {
        Engine engine = new(options);
        rules(engine);
        return engine;
    }

    sealed class Listener(AlertTest test) : ITap
    {
        public void On(string reactor, EventView e)
        {
        }

        public void On(string reactor, IReadOnlyList<Event> batch)
        {
        }

        public void On(string channel, Notification notification)
        {
            if (test.refusing.Contains(channel)) notification.Refused?.Invoke("it takes nothing, says the test");
            else test.told.Add(new Told(test.clock.Elapsed, channel, notification));
        }

        public ITap InPlaceOf(OutputRecipe output) => this;
    }
}
