using System.Globalization;

namespace Godot.Tests;

/// <summary>
/// Somebody sets the monitor's clock, back or on, for good or for a while, with hosts whose clocks are right or wrong: every verb goes on.
/// Tried on the recipes of the examples, whose events come again and again.
/// </summary>
public sealed class ClockIsSetTests
{
    const int CyclesBefore = 12, CyclesAfter = 16;

    // All are whole hours, so that windows that are aligned to the calendar are where they were.
    static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1), To2036 = TimeSpan.FromDays(11 * 365);

    static readonly TimeSpan[] Settings = [-Hour, Hour, -Day, Day, To2036, -To2036];

    // What a figure of the calendar is made of, and what is split where the calendar is: these may differ until they have settled.
    static readonly string[] OfTheCalendar = ["TimeWindow_of_the_events_own_time", "TimeWindow_on_the_hour", "HoltWinters"];

    public static TheoryData<string> Names => EveryVerbTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Hosts_that_say_no_time(string name) => Try(name, static (_, _) => null);

    [Theory]
    [MemberData(nameof(Names))]
    public void Hosts_whose_clock_is_right(string name) => Try(name, static (right, _) => right);

    [Theory]
    [MemberData(nameof(Names))]
    public void Hosts_whose_clock_is_behind(string name) => Try(name, static (right, _) => right - TimeSpan.FromMinutes(10));

    /// <summary>Once the monitor's clock has leapt beyond theirs, they are believed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Hosts_whose_clock_is_ahead(string name) => Try(name, static (right, _) => right + TimeSpan.FromMinutes(10), leaps: true);

    /// <summary>
    /// The monitor's own machine, and what its verbs have made: when its clock leaps on, the time between two of them is what it says.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Hosts_whose_clock_is_set_with_the_monitors(string name) => Try(name, static (_, monitors) => monitors, leaps: true);

    static void Try(string name, Func<DateTimeOffset, DateTimeOffset, DateTimeOffset?> says, bool leaps = false)
    {
        ReactorTest example = Examples.Run(name);
        Story usual = new(example, says, []);
        foreach (TimeSpan by in Settings)
        {
            foreach (TimeSpan[] settings in (TimeSpan[][])[[by], [by, -by]])
            {
                Story story = new(example, says, settings);
                string what = $"{name}, {string.Join(" then ", settings)}";
                Assert.True(usual.Settled.SequenceEqual(story.Settled),
                    $"{what}: expected\n{string.Join('\n', usual.Settled)}\nfound\n{string.Join('\n', story.Settled)}");
                bool mayBeNew = OfTheCalendar.Contains(name) || example.Recipe is BatchReactor
                    || (leaps && settings.Any(one => one > TimeSpan.Zero));
                if (mayBeNew) continue;
                string[] never = [.. story.All.Except(usual.All)];
                Assert.True(never.Length == 0, $"{what}: came out although nothing had happened\n{string.Join('\n', never)}");
            }
        }
    }

    /// <summary>
    /// An example's events, again and again; half way through, the clock is set, and, if it is set again, two cycles later.
    /// </summary>
    sealed class Story
    {
        public Story(ReactorTest example, Func<DateTimeOffset, DateTimeOffset, DateTimeOffset?> says, TimeSpan[] settings)
        {
            ReactorTest test = Reactors.Test(example.Recipe);
            // Whole minutes: windows that are aligned to the calendar see the same in every cycle.
            TimeSpan cycle = TimeSpan.FromMinutes(Math.Ceiling(example.Arrivals[^1].At.TotalMinutes + 0.01)), time = TimeSpan.Zero,
                settled = (CyclesBefore + CyclesAfter / 2) * cycle;
            for (int i = 0; i < CyclesBefore + CyclesAfter; i++)
            {
                int set = (i - CyclesBefore) / 2;
                if (i >= CyclesBefore && (i - CyclesBefore) % 2 == 0 && set < settings.Length) test.SetClock(settings[set]);
                foreach ((TimeSpan at, Event e) in example.Arrivals)
                {
                    test.After(i * cycle + at - time);
                    time = i * cycle + at;
                    test.Given(e with { Time = says(Sample.At(0) + time, test.Now) });
                }
            }
            // In a cycle of the first half everything is as it will be, but what began before it; the times that are told are the clock's.
            All = test.Emitted.SelectMany(emission => emission.Events).Select(Of).ToHashSet();
            Settled = [.. test.Emitted.Where(emission => emission.At >= settled)
                .Select(emission => $"{emission.At} {string.Join(" | ", emission.Events.Select(Of))}")];
        }

        public IReadOnlySet<string> All { get; }

        public IReadOnlyList<string> Settled { get; }

        static string Of(Event e) =>
            string.Create(CultureInfo.InvariantCulture, $"{e.Host} {e.Service} {e.State} {Math.Round(e.Metric ?? double.NaN, 6)}");
    }

    [Fact]
    public void A_skew_of_clocks_is_not_that_of_the_monitors()
    {
        ReactorTest test = Reactors.Test(r => r.ClockSkew().Over(5));
        Event[] Beat() =>
            [.. from host in (string[])["a", "b", "c"] select new Event { Host = host,
                Time = test.Now + (host == "c" ? Sample.Seconds(30) : default) }];
        test.Given(Beat()).After(10).Given(Beat());
        Assert.Equal(2, test.Emitted.Count);
        DateTimeOffset right = test.Now;
        test.SetClock(-Hour)
            .Given(new Event { Host = "a", Time = right }, new Event { Host = "b", Time = right },
                new Event { Host = "c", Time = right + Sample.Seconds(30) });
        Assert.Equal((3, 30), (test.Emitted.Count, test.Emitted[^1].Events[0].Metric));
    }

    [Fact]
    public void A_season_that_is_being_learned_begins_anew_after_a_gap_as_long_as_itself()
    {
        ReactorTest test = Reactors.Test(r => r.HoltWinters(TimeSpan.FromMinutes(1), steps: 3)).Given(1).After(20).Given(5)
            .After(TimeSpan.FromDays(3)).Given(9).After(20).Given(1).EmitsNothing();
        for (int i = 0; i < 4; i++) test.After(20).Given(i).EmitsNothing();
    }

    [Fact]
    public void A_window_on_the_hour_that_was_saved_before_the_clock_was_set_back_ends_with_the_hour() =>
        Reactors.Test(r => r.TimeWindow(Hour, offset: TimeSpan.Zero)).After(60).Given("a").SetClock(-Day).Restart()
        .After(TimeSpan.FromMinutes(59)).EmitsBatches(["a"]);
}
