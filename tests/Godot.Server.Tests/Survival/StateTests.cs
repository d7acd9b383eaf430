using System.Globalization;
using Godot.Storage;

namespace Godot;

/// <summary>What a server knows survives its stop, and what a crash or a bad disk leaves of it.</summary>
public sealed class StateTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<Recipe> Verbs =>
    [
        Reactor.Limit(1, per: 10 * Second),
        Reactor.MovingAverage(5),
        Reactor.MovingSum(20 * Second),
        Reactor.By("host", r => r.TimeWindow(15 * Second).Sum()),
        Reactor.Rollup(10 * Second, limit: 100).Count(),
        Reactor.Expire(12 * Second),
        Reactor.Stable(4 * Second),
        Reactor.Percentiles(15 * Second, 0.5),
        Reactor.Index(ttl: 12 * Second),
    ];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task After_stops_a_server_goes_on_as_one_that_never_stopped(Recipe recipe)
    {
        await using Kept kept = new();
        List<string> restarted = [], twins = [];
        await using Engine twin = new(new() { TimeProvider = kept.Clock });
        twin.Add(Listened(recipe, twins), "r");
        await kept.Start(("r", Listened(recipe, restarted)));
        Random random = new(7);

        for (int step = 0; step < 120; step++)
        {
            string host = $"h{random.Next(4)}";
            double metric = random.Next(100);
            kept.Feed(host, metric);
            twin.Feed(new Event { Host = host, Service = "s", Metric = metric });
            kept.Clock.Advance(random.Next(4) * Second);
            if (step % 7 != 6) continue;
            await kept.Stop();
            await kept.Start(("r", Listened(recipe, restarted)));
        }
        kept.Clock.Advance(Minute);

        Assert.NotEmpty(twins);
        Assert.Equal(twins.Order(StringComparer.Ordinal), restarted.Order(StringComparer.Ordinal));
    }

    public static TheoryData<Recipe> Silences => [Reactor.Expire(Minute), Reactor.Index(ttl: Minute).Expired()];

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task Who_was_alive_and_is_silent_after_the_restart_is_told_once_and_who_lives_is_not(Recipe recipe)
    {
        await using Kept kept = new() { Grace = 40 * Second };
        List<string> told = [];
        await kept.Start(("r", Listened(recipe, told)));
        foreach (string host in (string[])["lives", "dies", "late"]) kept.Feed(host);
        kept.Clock.Advance(50 * Second);
        kept.Feed("late");
        await kept.Stop();
        kept.Clock.Advance(Hour);

        await kept.Start(("r", Listened(recipe, told)));
        kept.Clock.Advance(39 * Second);
        kept.Feed("lives");
        Assert.Empty(told);
        kept.Clock.Advance(Second);
        Assert.Equal(["dies"], told.Select(line => line.Split(' ')[0]));
        // It had a minute left, of which the stop counts for nothing.
        kept.Clock.Advance(20 * Second);
        Assert.Equal(["dies", "late"], told.Select(line => line.Split(' ')[0]));
        kept.Feed("lives");
        await kept.Stop();
        await kept.Start(("r", Listened(recipe, told)));
        kept.Clock.Advance(59 * Second);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task An_incident_outlives_the_server_with_its_id_and_the_next_one_ends_it()
    {
        await using Kept kept = new();
        (string, Recipe) rule = ("cpu", Reactor.Where("service", "s").Alert(critical: e => e.Metric > 90).Console());
        await kept.Start(rule);
        kept.Feed("a", 95);
        await Eventually.True(() => kept.Server.Incidents.Count == 1);
        Incident opened = Assert.Single(kept.Server.Acknowledge("cpu", by: "ann"));
        await kept.Stop();

        kept.Clock.Advance(TimeSpan.FromMinutes(10));
        await kept.Start(rule);
        Incident again = Assert.Single(kept.Server.Incidents);
        Assert.Equal((opened.Id, "ann"), (again.Id, again.Acknowledged?.By));
        kept.Feed("a", 10);
        await Eventually.True(() => kept.Server.Incidents.Count == 0);
        await kept.Stop();
    }

    [Fact]
    public async Task A_program_without_alerts_has_no_store_of_them()
    {
        await using Kept kept = new();
        await kept.Start(("over", Reactor.Over(90)));
        kept.Feed("a", 95);
        await kept.Stop();

        Assert.DoesNotContain(Directory.GetFiles(kept.Folder), path => path.Contains("alerts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alert_waits_for_who_was_alive_until_the_grace_is_over()
    {
        await using Kept kept = new() { Grace = 40 * Second };
        (string, Recipe) silent = ("silent", Reactor.Where("service", "s").Alert(silentFor: Minute));
        await kept.Start(silent);
        kept.Feed("lives");
        kept.Feed("dies");
        kept.Clock.Advance(50 * Second);
        await kept.Stop();

        await kept.Start(silent);
        kept.Clock.Advance(39 * Second);
        kept.Feed("lives");
        kept.Clock.Advance(Second);

        await Eventually.True(() => kept.Server.Incidents.Count > 0);
        Assert.Equal("dies", Assert.Single(kept.Server.Incidents).Opening.Host);
    }

    [Fact]
    public async Task A_stop_that_is_continued_does_not_emit_what_windows_hold_and_one_that_is_not_does()
    {
        List<string> emitted = [];
        Recipe window = Listened(Reactor.TimeWindow(Minute).Sum(), emitted);
        await using Kept kept = new();
        await kept.Start(("r", window));
        kept.Feed("h", 1);
        await kept.Stop();
        Assert.Empty(emitted);

        await kept.Start(("r", window));
        kept.Feed("h", 2);
        kept.Clock.Advance(Minute);
        Assert.Equal("h 3", Assert.Single(emitted));

        await kept.Stop();
        GodotServer forgets = kept.Of(("r", window)).Data(null);
        await forgets.StartAsync(Cancelled);
        kept.Feed("h", 4);
        await forgets.StopAsync(Cancelled);
        Assert.Equal(["h 3", "h 4"], emitted);
    }

    [Fact]
    public async Task It_is_saved_every_ten_seconds_and_a_crash_loses_what_came_since()
    {
        List<string> emitted = [];
        (string, Recipe) sum = ("r", Listened(Reactor.MovingSum(100), emitted));
        await using Kept kept = new();
        await kept.Start(sum);
        kept.Feed("h", 1);
        kept.Clock.Advance(9 * Second);
        Assert.Empty(kept.Files.Paths);
        kept.Clock.Advance(Second);
        await Eventually.True(() => kept.Server.Run!.State!.Written == 1);
        kept.Feed("h", 10);
        using TemporaryFolder crashed = new();
        foreach (string path in kept.Files.Paths) File.Copy(path, Path.Join(crashed.Path, Path.GetFileName(path)));

        GodotServer next = kept.Of(sum).Data(crashed.Path);
        await next.StartAsync(Cancelled);
        kept.Feed("h", 100);

        Assert.Equal(["h 1", "h 11", "h 101"], emitted);
    }

    [Fact]
    public async Task The_start_says_what_it_goes_on_from()
    {
        await using Kept kept = new();
        (string, Recipe) average = ("r", Reactor.MovingAverage(100));
        await kept.Start(average);
        Assert.Contains($"Begins anew: there is no snapshot in {kept.Folder} yet; what will be known is kept there", kept.Log.All);
        kept.Feed("h", 1);
        kept.Feed("i", 1);
        await kept.Stop();
        kept.Clock.Advance(5 * Minute);

        await kept.Start(average);

        Assert.Contains(kept.Log.All, line => line.StartsWith(
            $"Goes on from {Path.Join(kept.Folder, "snapshot-1.state")}, 5 min old: 2 keys, in ", StringComparison.Ordinal));
        Assert.Contains("Carried over: r: movingaverage, MovingAverage(100): 2 keys", kept.Log.All);
        Assert.Empty(kept.Log.Warnings);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("another version")]
    [InlineData("another program")]
    [InlineData("not of an engine")]
    public async Task A_snapshot_that_cannot_be_taken_is_set_aside_and_said_and_the_one_before_is_taken(string what)
    {
        List<string> emitted = [];
        (string, Recipe) sum = ("r", Listened(Reactor.MovingSum(100), emitted));
        await using Kept kept = new();
        await kept.Start(sum);
        kept.Feed("h", 1);
        await kept.Stop();
        await kept.Start(sum);
        await kept.Stop();
        string last = kept.Files.Paths[0];
        Assert.Equal("snapshot-2.state", Path.GetFileName(last));
        byte[] bytes = await File.ReadAllBytesAsync(last, Cancelled);
        if (what == "cut") await File.WriteAllBytesAsync(last, bytes[..^30], Cancelled);
        if (what == "flipped") await File.WriteAllBytesAsync(last, [.. bytes[..60], (byte)(bytes[60] ^ 1), .. bytes[61..]], Cancelled);
        if (what == "another version") await File.WriteAllBytesAsync(last, [.. bytes[..15], 9, .. bytes[16..]], Cancelled);
        if (what == "another program")
        {
            await using Engine other = new();
            other.Add(Reactor.MovingSum(5), "of theirs");
            other.Feed(new Event { Service = "s", Metric = 1 });
            new SnapshotFiles(kept.Folder, "other").Write(kept.Clock.GetUtcNow(), stream => other.Save(stream));
        }
        if (what == "not of an engine") kept.Files.Write(kept.Clock.GetUtcNow(), stream => stream.Write("something else"u8));
        string bad = Path.GetFileName(kept.Files.Paths[0]);

        await kept.Start(sum);

        string said = Assert.Single(kept.Log.Errors);
        Assert.StartsWith(Path.Join(kept.Folder, bad), said, StringComparison.Ordinal);
        Assert.EndsWith($"; it is called {bad}.damaged now, and the one before is taken if there is one", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Join(kept.Folder, $"{bad}.damaged")));
        kept.Feed("h", 10);
        Assert.Equal("h 11", emitted[^1]);
    }

    [Fact]
    public async Task State_of_a_program_that_was_renamed_is_taken_and_said()
    {
        List<string> emitted = [];
        Recipe sum = Listened(Reactor.MovingSum(100), emitted);
        await using Kept kept = new();
        await using (Engine engine = new())
        {
            engine.Add(sum, "r");
            engine.Feed(new Event { Host = "h", Service = "s", Metric = 1 });
            new SnapshotFiles(kept.Folder, "formerly").Write(kept.Clock.GetUtcNow(), stream => engine.Save(stream));
        }

        await kept.Start(("r", sum));
        kept.Feed("h", 10);

        Assert.Equal("h 11", emitted[^1]);
        Assert.Equal("snapshot-1.state was written by a program called \"formerly\", which has reactors of the same names: it is taken for "
            + "this one, renamed", Assert.Single(kept.Log.Warnings));
    }

    [Fact]
    public async Task A_program_without_state_names_folders_beside_its_own_that_have_some()
    {
        await using Kept kept = new();
        string mine = Path.Join(kept.Folder, "mine"), other = Path.Join(kept.Folder, "other");
        Directory.CreateDirectory(other);
        new SnapshotFiles(other, "other").Write(kept.Clock.GetUtcNow(), stream => stream.Write("x"u8));

        await kept.Of(("r", Reactor.MovingSum(100))).Data(mine).StartAsync(Cancelled);

        Assert.Contains($"There is state beside it, in {other}. If that is this program's, which was renamed, stop it and start it with "
            + $"--data and that folder, or put that folder in the place of {mine}", kept.Log.All);
    }

    [Fact]
    public async Task While_it_cannot_be_saved_that_is_said_once_a_minute_and_counted_and_monitoring_goes_on()
    {
        List<string> emitted = [];
        await using Kept kept = new();
        string gone = Path.Join(kept.Folder, "gone");
        await kept.Of(("r", Listened(Reactor.MovingSum(100), emitted))).Data(gone).StartAsync(Cancelled);
        Directory.Delete(gone, recursive: true);

        await Eventually.True(() =>
        {
            kept.Clock.Advance(Second);
            return kept.Server.Run!.State!.Failures == 3;
        });

        Assert.Matches($"^What is known could not be saved in {gone}: .*Monitoring goes on;", Assert.Single(kept.Log.Errors));
        kept.Feed("h", 1);
        Assert.Equal("h 1", Assert.Single(emitted));
        Directory.CreateDirectory(gone);
        await Eventually.True(() =>
        {
            kept.Clock.Advance(Second);
            return kept.Server.Run!.State!.Written > 0;
        });
        await Eventually.True(() => kept.Log.All.Contains($"What is known is saved in {gone} again"));
    }

    [Fact]
    public async Task Where_the_stop_cannot_save_windows_emit_what_they_hold()
    {
        List<string> emitted = [];
        await using Kept kept = new();
        string gone = Path.Join(kept.Folder, "gone");
        await kept.Of(("r", Listened(Reactor.TimeWindow(Minute).Sum(), emitted))).Data(gone).StartAsync(Cancelled);
        kept.Feed("h", 1);
        Directory.Delete(gone, recursive: true);

        await kept.Stop();

        Assert.Equal("h 1", Assert.Single(emitted));
        Assert.Single(kept.Log.Errors);
    }

    [Fact]
    public async Task A_server_that_could_not_listen_leaves_the_state_as_it_was()
    {
        await using Kept kept = new();
        List<string> emitted = [];
        (string, Recipe) window = ("r", Listened(Reactor.TimeWindow(Minute).Sum(), emitted));
        await kept.Start(window);
        kept.Feed("h", 1);
        await kept.Stop();

        string used = Some.SocketPath();
        await using GodotServer first = GodotServer.Unix(used);
        await first.StartAsync(Cancelled);
        await Assert.ThrowsAsync<InputException>(() => kept.Of(window).Unix(used).StartAsync(Cancelled));

        Assert.Empty(emitted);
        Assert.Equal("snapshot-1.state", Path.GetFileName(Assert.Single(kept.Files.Paths)));
        await kept.Start(window);
        kept.Clock.Advance(Minute);
        Assert.Equal("h 1", Assert.Single(emitted));
    }

    // One line for each event that comes out, whatever it is made of.
    static Reactor Listened(Recipe recipe, List<string> lines) => (recipe switch
    {
        Reactor one => one,
        BatchReactor batch => batch.Each(),
        _ => throw new NotSupportedException($"{recipe}"),
    }).Map(e =>
    {
        lock (lines)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{e.Host} {e.Metric}{(e.State is { } state ? " " + state : "")}"));
        return e;
    });
}
