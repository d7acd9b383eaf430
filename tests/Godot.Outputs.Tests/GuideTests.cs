using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Godot.Outputs.Tests;

/// <summary>The guides of docs/guides: what they quote is what runs here.</summary>
public sealed partial class GuideTests
{
    static readonly TimeSpan minute = TimeSpan.FromMinutes(1), hour = TimeSpan.FromHours(1);

    [Fact]
    public void Tell_the_end_of_a_trouble()
    {
        Event high = new() { Host = "app", Service = "cpu", Metric = 97 }, low = high with { Metric = 60 };

        Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "cpu")
                .Alert(critical: e => e.Metric > 95, clear: e => e.Metric < 80)
                .Email("ops@host.com"), "cpu");
        })
            .Given(high).Tells("email:ops@host.com", "opened critical cpu app")
            .Given(high).TellsNobody()
            .After(minutes: 35).Given(low).Tells("email:ops@host.com", "resolved after 35 min critical cpu app");
    }

    [Fact]
    public void Three_failures_to_open_two_successes_to_close()
    {
        Event ok = new() { Host = "shop", Service = "http check", State = "ok" }, failed = ok with { State = "critical" };

        Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "http check")
                .Alert(critical: e => e.State != "ok", times: 3, clearTimes: 2)
                .Email("ops@host.com"), "http");
        })
            .Given(failed, failed, ok, failed, failed).TellsNobody()
            .Given(failed).Tells("email:ops@host.com", "opened critical http check shop")
            .Given(ok, failed, ok).TellsNobody()
            .Given(ok).Tells("email:ops@host.com", "resolved");
    }

    [Fact]
    public void One_alert_for_a_dead_host_and_none_for_its_services()
    {
        Event beat = new() { Host = "db1", Service = "heartbeat" }, slow = new() { Host = "db1", Service = "queries", State = "critical" };

        Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "heartbeat").Alert(silentFor: minute).Email("ops@host.com"), "host-down");
            engine.Add(Reactor.Where("service", "queries").Alert().Email("dba@host.com"), "db-queries");
            engine.Inhibit("db-*", when: "host-down", equal: "host");
        })
            // The service is heard of first; it waits ten seconds for the host.
            .Given(beat).After(seconds: 55).Given(slow).After(seconds: 5)
            .Tells("email:ops@host.com", "opened expired heartbeat db1")
            .After(hours: 1).TellsNobody(because: "hushed by host-down")
            // What still burns a minute after the host is back is told.
            .Given(beat).Tells("email:ops@host.com", "resolved after 1 h")
            .After(seconds: 59).Given(beat).After(seconds: 1).Tells("email:dba@host.com", "opened critical queries db1");
    }

    [Fact]
    public void Page_then_escalate_unless_acknowledged()
    {
        Event bad = new() { Host = "app", Service = "cpu", State = "critical" }, ok = bad with { State = "ok" };

        AlertTest OnCall() => Alerts.Test(engine =>
        {
            Policy pager = Policy.Email("ops@host.com").Escalate(after: 15 * minute, Policy.Email("boss@host.com"));
            engine.Add(Reactor.Where("service", "cpu").Alert().Notify(pager), "cpu");
        });

        OnCall().Given(bad).Tells("email:ops@host.com", "opened critical cpu app")
            .After(minutes: 15).Tells("email:boss@host.com", "escalated critical cpu app")
            .Given(ok).Tells(("email:ops@host.com", "resolved after 15 min"), ("email:boss@host.com", "resolved after 15 min"));

        OnCall().Given(bad).Tells("email:ops@host.com", "opened critical cpu app")
            .After(minutes: 5).Acknowledge("cpu", by: "ann").After(days: 1).TellsNobody(because: "acknowledged")
            .Given(ok).Tells("email:ops@host.com", "resolved");
    }

    [Fact]
    public void A_reminder_an_hour_after_the_last_one()
    {
        Event bad = new() { Host = "app", Service = "cpu", State = "critical" };

        Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Policy.Email("ops@host.com").Repeat(every: hour)), "cpu");
        })
            .Given(bad with { State = "warning" }).Tells("email:ops@host.com", "opened warning cpu app")
            // What has just been told need not be said again: the hour begins anew.
            .After(minutes: 40).Given(bad).Tells("email:ops@host.com", "worse: critical cpu app")
            .After(minutes: 59).TellsNobody().After(minutes: 1).Tells("email:ops@host.com", "still critical cpu app")
            .Crash(keeps: Saved.Store).Given(bad).After(hours: 1).Tells("email:ops@host.com", "still critical cpu app");
    }

    [Fact]
    public void Quiet_hours_that_lose_nothing()
    {
        Event bad = new() { Host = "app", Service = "backup", State = "warning" }, ok = bad with { State = "ok" };

        Alerts.Test(engine =>
        {
            Policy office = Policy.Email("team@host.com").Mute(Window.Weekly("daily 20:00-07:00", "Europe/Berlin"));
            engine.Add(Reactor.Where("service", "backup").Alert().Notify(office), "backup");
        })
            // It begins at one o'clock at night in Berlin. Of two troubles one is over before seven.
            .Given(bad, bad with { Host = "web" }).TellsNobody(because: "muted")
            .After(hours: 2).Given(ok with { Host = "web" }).TellsNobody(because: "over before anybody was told")
            .After(hours: 4).Tells("email:team@host.com", "opened warning backup app")
            // Whoever was told of it hears of its end, also at night.
            .After(hours: 14).Given(ok).Tells("email:team@host.com", "resolved after 20 h");
    }

    [Fact]
    public void A_deploy_hushes_for_ten_minutes()
    {
        Event bad = new() { Host = "app", Service = "http", State = "critical" }, ok = bad with { State = "ok" };

        Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "http").Alert(labels: [("team", "shop")]).Email("ops@host.com"), "http");
        })
            .Silence("team = \"shop\"", by: "deploy", minutes: 10, reason: "release 7")
            .Given(bad).After(minutes: 3).Given(ok).TellsNobody(because: "silenced by deploy")
            .Given(bad).After(minutes: 6).TellsNobody()
            // It has not come up again.
            .After(minutes: 1).Tells("email:ops@host.com", "opened critical http app");
    }

    [Fact]
    public void Every_guide_is_quoted_right_and_every_story_has_a_page()
    {
        string source = File.ReadAllText(Repository.PathOf("tests", "Godot.Outputs.Tests", "GuideTests.cs"));
        Dictionary<string, string> stories = Story().Matches(source)
            .Where(story => story.Groups["name"].Value != nameof(Every_guide_is_quoted_right_and_every_story_has_a_page))
            .ToDictionary(story => PageOf(story.Groups["name"].Value), story => Flush(story.Groups["body"].Value));
        string[] pages = Directory.GetFiles(Repository.PathOf("docs", "guides"), "*.md");
        Assert.Equal(stories.Keys.Order(StringComparer.Ordinal), pages.Select(page => Path.GetFileNameWithoutExtension(page))
            .Where(name => name != "README").Order(StringComparer.Ordinal));
        Assert.All(stories, story =>
        {
            string text = File.ReadAllText(Repository.PathOf("docs", "guides", $"{story.Key}.md"));
            Assert.Equal(story.Value, CSharp().Match(text).Groups["text"].Value);
        });
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "It is the name of a file.")]
    static string PageOf(string story) => story.Replace('_', '-').ToLowerInvariant();

    static string Flush(string body) =>
        string.Join('\n', body.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));

    [GeneratedRegex(@"^    public void (?<name>\w+)\(\)\n    \{\n(?<body>.*?)^    \}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Story();

    [GeneratedRegex(@"^```csharp\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
