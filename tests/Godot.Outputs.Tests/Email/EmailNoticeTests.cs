using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Godot.Outputs.Tests;

/// <summary>Mails of incidents.</summary>
public partial class EmailNoticeTests
{
    static readonly FakeTimeProvider Clock = new(Some.Time);

    [Fact]
    public void An_opening_is_as_it_was() =>
        Some.IsAsItWas(
            Some.Mail([Some.Alert(Some.Opened with { Text = "cpu of app:\n<97.5>", HeldBack = "muted by Sun 02:00-04:00" })],
                clock: Clock),
            "opened.eml");

    [Fact]
    public void An_end_is_as_it_was() => Some.IsAsItWas(Some.Mail([Some.Alert(Some.Resolved)], clock: Clock), "resolved.eml");

    [Fact]
    public void A_group_is_as_it_was() =>
        Some.IsAsItWas(
            Some.Mail([Some.Alert(Some.Opened with { Incident = Other("db", "warning") }, Some.Opened, Some.Resolved)], clock: Clock),
            "group.eml");

    [Fact]
    public void The_subject_stays_the_openings_so_that_mail_programs_keep_one_thread()
    {
        Notice opened = Some.Opened with { Incident = Some.Incident with { Severity = "warning", OpenedAs = "warning" } };
        Notice worse = Some.Opened with { Transition = Transition.Worse, Incident = opened.Incident with { Severity = "critical" } };
        Notice resolved = Some.Resolved with { Incident = Some.Resolved.Incident with { OpenedAs = "warning" } };
        Assert.All([[opened], [worse], [worse with { Transition = Transition.Reminded }], [resolved], [opened, worse, resolved]],
            (Notice[] notices) => Assert.Equal("warning cpu app", Subject(notices)));
        Assert.StartsWith("resolved after 35 min critical cpu app", Some.Mail([Some.Alert(resolved)]).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_group_it_says_how_many_and_of_what()
    {
        Notice[] many = [.. Enumerable.Range(0, 40).Select(i => Some.Opened with { Incident = Other($"web{i}", "critical") })];
        Assert.Equal("40 opened: opened critical cpu web0, opened critical cpu web1, opened critical cpu web2, ...", Subject(many));
        Assert.Equal("1 opened, 1 resolved: opened warning cpu db, resolved after 35 min critical cpu app",
            Subject(Some.Opened with { Incident = Other("db", "warning") }, Some.Resolved));
        Assert.Contains("40 x opened critical cpu-rule", Some.Mail([Some.Alert(many)]).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_gathered_is_one_mail_with_the_events_among_it() =>
        Assert.Equal("1 opened, 2 events, 1 resolved: opened critical cpu app, [ok] web, resolved after 35 min critical cpu app",
            Some.Mail([Some.Alert(Some.Opened), .. Some.Notification(Fine, Fine), Some.Alert(Some.Resolved)]).Subject);

    [Fact]
    public void A_subject_template_goes_by_the_first_incident() =>
        Assert.Equal("CRITICAL? critical: cpu of ann (+1 more)",
            Some.Mail([Some.Alert(Some.Opened, Some.Resolved)], subject: "CRITICAL? {severity}: {service} of {owner}").Subject);

    [Fact]
    public void The_body_leads_with_state_and_duration()
    {
        Incident open = Some.Incident with { Lasted = TimeSpan.FromMinutes(125) };
        Assert.Equal("Open for 2 h 5 min.", Lead(open));
        Assert.Equal("Open for 2 h 5 min, recovering, flapping.", Lead(open with { IsRecovering = true, IsFlapping = true }));
        Assert.Equal("Open for 2 h 5 min, acknowledged by ann: looking.", Lead(open with { Acknowledged = new("ann", "looking") }));
        Assert.Equal("Over after 2 h 5 min: by hand: ann.", Lead(open with { Ended = "by hand: ann", Acknowledged = new("ann") }));
    }

    [Fact]
    public void A_key_of_other_fields_is_shown_and_host_and_service_once()
    {
        Assert.Contains("\n  meta.rack  7\n", Text(Some.Incident with { Key = [new("meta.rack", "7"), new("host", "app")] }),
            StringComparison.Ordinal);
        Assert.Single(Text(Some.Incident).Split('\n'), line => line.StartsWith("  host ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://wiki.host.com/\"c\"", "<a href=\"https://wiki.host.com/&quot;c&quot;\">https://wiki.host.com/&quot;c&quot;</a>")]
    [InlineData("see the wiki", "<td>see the wiki</td>")]
    [InlineData("javascript:alert(1)", "<td>javascript:alert(1)</td>")]
    public void A_runbook_is_a_link_if_it_is_one(string runbook, string html) =>
        Assert.Contains(html, Html(Some.Incident with { Labels = new([], Runbook: runbook) }), StringComparison.Ordinal);

    [Fact]
    public void An_end_is_green_a_warning_yellow_and_every_other_severity_red()
    {
        const string green = "solid #2e9d43", yellow = "solid #f0a000", red = "solid #d93025";
        Assert.Contains(green, Some.Mail([Some.Alert(Some.Resolved)]).HtmlBody, StringComparison.Ordinal);
        Assert.Contains(yellow, Html(Some.Incident with { Severity = "warning" }), StringComparison.Ordinal);
        foreach (string severity in (string[])["critical", "expired", "page"])
            Assert.Contains(red, Html(Some.Incident with { Severity = severity }), StringComparison.Ordinal);
    }

    [Fact]
    public void Mails_of_one_incident_refer_to_it_so_that_mail_programs_put_them_together()
    {
        Assert.Equal(["0123456789abcdef0123456789abcdef@host.com"], Some.Mail([Some.Alert(Some.Opened)]).References);
        Assert.Equal(["0123456789abcdef0123456789abcdef@host.com"], Some.Mail([Some.Alert(Some.Opened, Some.Resolved)]).References);
        Assert.Empty(Some.Mail([Some.Alert(Some.Opened, Some.Opened with { Incident = Other("db", "critical") })]).References);
        Assert.Empty(Some.Mail(Some.Notification(Some.Heartbeat)).References);
    }

    [Property]
    public void No_event_breaks_out_of_a_header_or_of_the_HTML_of_an_incident(string[] texts)
    {
        string hostile = string.Join("<a href='https://x.com'>\r\nBcc: x@host.com\r\n\r\n\u2028\u001b[31m", texts.Append("<b>"));
        Event e = new() { Host = hostile, Service = hostile, Description = "https://x.com", State = "\r\n<x>" };
        Notice notice = Some.Opened with
        {
            Text = hostile,
            Incident = Some.Incident with { Severity = hostile, Key = [new("host", hostile), new("meta.a", hostile)], Latest = e },
        };
        MimeMessage message = Some.Mail([Some.Alert(notice)]);
        Assert.All(message.Headers, h => Assert.DoesNotContain(h.Value, char.IsControl));
        Assert.DoesNotContain("\u001b", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("https://wiki.host.com/cpu?a=1&amp;b=2", Links().Match(message.HtmlBody!).Groups[1].Value);
        Assert.Single(Links().Matches(message.HtmlBody!));
        Assert.DoesNotContain("<b>", message.HtmlBody, StringComparison.Ordinal);
    }

    static Event Fine => new() { Host = "web", State = "ok" };

    static string Subject(params Notice[] notices) => Some.Mail([Some.Alert(notices)]).Subject!;

    static string Text(Incident incident) =>
        Some.Mail([Some.Alert(new Notice(Transition.Opened, incident))]).TextBody!.ReplaceLineEndings("\n");

    static string Html(Incident incident) => Some.Mail([Some.Alert(new Notice(Transition.Opened, incident))]).HtmlBody!;

    static string Lead(Incident incident) => Text(incident).Split('\n')[1];

    static Incident Other(string host, string severity) => Some.Incident with
    {
        Id = $"of {host}", Key = [new("host", host), new("service", "cpu")], Severity = severity,
        Latest = Some.Incident.Latest with { Host = host },
    };

    [GeneratedRegex("<a href=\"([^\"]*)\">")]
    private static partial Regex Links();
}
