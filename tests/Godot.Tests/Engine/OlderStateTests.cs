using System.Globalization;
using Godot.Common;
using Godot.Runtime;

namespace Godot.Tests;

/// <summary>
/// An engine goes on with the state of one that was older: what each version wrote, half a minute after <see cref="First"/> had come, is
/// kept in <c>State</c>. Version 1 is of the last engine whose stages were all of version 1. <c>GODOT_APPROVE=1</c> writes the file of the
/// current version, if there is none.
/// </summary>
public sealed class OlderStateTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Half = Minute / 2;
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly Event First = Event.Parse("""
        {"host":"h","service":"s","state":"ok","metric":1,"tags":["a","b"],
        "meta":{"up":true,"list":[1,2],"text":"true","number":5.0,"id":8121069193333309404}}
        """);

    static Event Other(string id) => Event.Parse($$"""
        {"host":"h","service":"s","state":"bad","metric":3,"tags":["a","c"],
        "meta":{"up":false,"list":[1,3],"text":"false","number":6,"id": {{id}} } }
        """);

    static readonly Dictionary<string, Recipe> Recipes = new()
    {
        ["tags"] = Reactor.Change(Field.Tags),
        ["up"] = Reactor.Change(Field.Meta("up")),
        ["list"] = Reactor.Change(Field.Meta("list")),
        ["text"] = Reactor.Change(Field.Meta("text")),
        ["number"] = Reactor.Change(Field.Meta("number")),
        ["id"] = Reactor.Change(Field.Meta("id")),
        ["metric"] = Reactor.Change(Field.Metric),
        ["state"] = Reactor.Change(Field.State),
        ["from true"] = Reactor.Change(Field.Meta("up"), from: "true"),
        ["from 5"] = Reactor.Change(Field.Meta("number"), from: 5),
        ["runs"] = Reactor.Runs(2, Field.Tags),
        ["stable"] = Reactor.Stable(Minute, Field.Meta("up")),
        ["ewma"] = Reactor.Ewma(Minute, lateness: Minute),
        ["rate of change"] = Reactor.RateOfChange(Half),
        ["predict linear"] = Reactor.PredictLinear(Minute, Minute),
        ["rollup"] = Reactor.Rollup(Minute),
    };

    static string PathOf(int version) => Repository.PathOf("tests", "Godot.Tests", "Engine", "State", $"version-{version}.base64");

    [Fact]
    public void What_this_version_writes_is_kept()
    {
        string path = PathOf(SavedSegment.Version);
        if (Environment.GetEnvironmentVariable("GODOT_APPROVE") == "1" && !File.Exists(path))
        {
            Run run = new(Start);
            run.Engine.Feed(First);
            run.Clock.Advance(Half);
            using MemoryStream state = new();
            run.Engine.Save(state, TestContext.Current.CancellationToken);
            File.WriteAllText(path, Convert.ToBase64String(state.ToArray(), Base64FormattingOptions.InsertLineBreaks) + "\n");
        }
        Assert.True(File.Exists(path), $"Saved state has version {SavedSegment.Version} now: run this once with GODOT_APPROVE=1.");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void What_goes_on_from_an_older_state_comes_out_as_if_it_had_gone_on_all_the_time(int version, bool sameFirst)
    {
        Run whole = new(Start);
        whole.Engine.Feed(First);
        whole.Clock.Advance(Half);
        whole.Lines.Clear();

        Run loaded = new(Start + Half);
        Assert.Empty(loaded.Engine.LoadSaved(new MemoryStream(Convert.FromBase64String(File.ReadAllText(PathOf(version))))));
        // Saved anew before anything came: what is not known of it is not known later.
        Run again = new(Start + Half);
        using MemoryStream state = new();
        loaded.Engine.Save(state, TestContext.Current.CancellationToken);
        state.Position = 0;
        Assert.Empty(again.Engine.LoadSaved(state));

        // Of a number the nearest double was saved, and nothing tells its neighbours from it until it has come again.
        Event other = Other(sameFirst ? "8121069193333309405" : "5");
        foreach (Run run in (Run[])[whole, loaded, again])
        {
            if (sameFirst) run.Engine.Feed(First);
            run.Clock.Advance(Half / 2);
            run.Engine.Feed(other);
            run.Clock.Advance(2 * Minute);
        }
        // Of each something has come out; of a run only if there was one.
        string[] none = sameFirst ? [] : ["runs"];
        Assert.Equal(Recipes.Keys.Except(none).Order(), whole.Lines.Select(line => line.Split(": ")[1]).Distinct().Order());
        Assert.Equal(whole.Lines, loaded.Lines);
        Assert.Equal(whole.Lines, again.Lines);
    }

    /// <summary>An engine with all recipes, and what comes out: "second: reactor: metrics".</summary>
    sealed class Run : ITap
    {
        public Run(DateTimeOffset from)
        {
            Clock = new VirtualClock(from);
            Engine = new Engine(new EngineOptions { TimeProvider = Clock, Lanes = 1 });
            foreach ((string name, Recipe recipe) in Recipes) Engine.Add(recipe, name, this);
        }

        public VirtualClock Clock { get; }

        public Engine Engine { get; }

        public List<string> Lines { get; } = [];

        public void On(string reactor, EventView e) => Write(reactor, [e.ToEvent()]);

        public void On(string reactor, IReadOnlyList<Event> batch) => Write(reactor, batch);

        void Write(string reactor, IReadOnlyList<Event> events) => Lines.Add(string.Create(
            CultureInfo.InvariantCulture,
                $"{(Clock.GetUtcNow() - Start).TotalSeconds}: {reactor}: {string.Join(' ', events.Select(e => e.Metric))}"));
    }
}
