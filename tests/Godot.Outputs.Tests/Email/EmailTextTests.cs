using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Godot.Outputs.Tests;

public partial class EmailTextTests
{
    [Fact]
    public void A_whole_mail_is_as_it_was()
    {
        MimeMessage message =
            Some.Mail([new("heartbeats", [Some.Heartbeat]),
                new("cpu", [new Event { Host = "db1", Service = "cpu", Metric = 97.5, Description = "<load> & more\nsecond line" }])],
                    clock: new FakeTimeProvider(Some.Time));
        Some.IsAsItWas(message, "two-events.eml");
    }

    [Fact]
    public void The_subject_of_one_event_says_state_service_and_host()
    {
        Assert.Equal("[expired] app.server/health/heartbeat on app.server.com", Some.Mail(Some.Notification(Some.Heartbeat)).Subject);
        Assert.Equal("cpu on db1 is 97.5",
            Some.Mail(Some.Notification(new Event { Service = "cpu", Host = "db1", Metric = 97.5 })).Subject);
        Assert.Equal("[ok] db1", Some.Mail(Some.Notification(new Event { Host = "db1", State = "ok" })).Subject);
        Assert.Equal("an event without service and host", Some.Mail(Some.Notification(new Event())).Subject);
    }

    [Fact]
    public void The_subject_of_several_says_how_many_and_which()
    {
        Assert.Equal("2 events: cpu on 0 is 0, cpu on 1 is 1", Some.Mail(Some.Notification([.. Cpus(2)])).Subject);
        Assert.Equal("2 events from 2 reactors: cpu on 0 is 0, cpu on 1 is 1",
            Some.Mail([.. Cpus(2).Select((e, i) => new Notification($"{i}", [e]))]).Subject);
        Assert.Equal("5,000 events: cpu on 0 is 0, cpu on 1 is 1, cpu on 2 is 2, ...",
            Some.Mail(Some.Notification([.. Cpus(5000)])).Subject);
    }

    [Fact]
    public void A_subject_template_shows_the_first_and_how_many_more()
    {
        Assert.Equal("cpu is 0", Some.Mail(Some.Notification([.. Cpus(1)]), subject: "{service} is {metric}").Subject);
        Assert.Equal("cpu is 0 (+4 more)", Some.Mail(Some.Notification([.. Cpus(5)]), subject: "{service} is {metric}").Subject);
    }

    [Fact]
    public void A_body_template_says_each()
    {
        MimeMessage message = Some.Mail(Some.Notification([.. Cpus(2)]), body: "{host}: {metric} <%>");
        Assert.EndsWith("\n0: 0 <%>\n\n1: 1 <%>\n", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("1: 1 &lt;%&gt;", message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_events_are_a_hundred_and_counts()
    {
        MimeMessage message = Some.Mail(Some.Notification([.. Cpus(5000).Select(e => e with { State = "critical", Host = "db1" })]));
        Assert.Contains("5,000 x [critical] cpu on db1", message.TextBody, StringComparison.Ordinal);
        Assert.EndsWith("\nand 4,900 more.\n", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<p>and 4,900 more.</p>", message.HtmlBody, StringComparison.Ordinal);
        Assert.InRange(message.ToString().Length, 10_000, 200_000);
    }

    [Fact]
    public void However_long_the_events_a_mail_stays_below_a_megabyte()
    {
        string text = string.Concat(Enumerable.Repeat("<ü\u202e🚒\n", 10_000));
        Event large = new()
        {
            Host = text,
            Service = text,
            Description = text,
            Tags = [text, text],
            Meta = Enumerable.Range(0, 1000).ToDictionary(i => $"{i}{text}", _ => (MetaValue)text),
        };
        foreach (string? body in new[] { null, "{description}{host}" })
            Assert.InRange(Some.Mail(Some.Notification([.. Enumerable.Repeat(large, 200)]), body: body).ToString().Length, 10_000,
                1_000_000);
    }

    [Property]
    public void No_event_breaks_out_of_a_header_or_of_the_HTML(string[] texts, bool several, bool template)
    {
        string hostile = string.Join("<script>\r\nBcc: x@host.com\r\n\r\n\u2028\u0085\u001b[31m", texts.Append("<b>"));
        Event e = new()
        {
            Host = hostile,
            Service = hostile,
            State = "\r\n<x>",
            Description = hostile,
            Tags = [hostile],
            Meta = new Dictionary<string, MetaValue> { [hostile] = hostile },
        };
        string plain = string.Concat(texts).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        string? given = template ? $"{plain}{{host}}\r\n{{service}}{{state}}{{description}}{{tags}}{{meta.a}}{{reactor}}<i>{plain}" : null;
        MimeMessage message = Some.Mail([new Notification(hostile, several ? [e, e] : [e])], given, given);

        using MemoryStream bytes = new();
        message.WriteTo(bytes, TestContext.Current.CancellationToken);
        bytes.Position = 0;
        MimeMessage received = MimeMessage.Load(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["From", "Date", "Subject", "Message-Id", "To", "Auto-Submitted", "X-Godot-Reactor", "MIME-Version"],
            received.Headers.Select(h => h.Field));
        Assert.All(received.Headers, h => Assert.DoesNotContain(h.Value, char.IsControl));
        Assert.DoesNotContain("\u001b", received.TextBody, StringComparison.Ordinal);
        Assert.All(Tags().Matches(received.HtmlBody!).Select(t => t.Groups[1].Value), tag =>
            Assert.Contains(tag, (string[])["!DOCTYPE", "html", "head", "meta", "body", "p", "b", "br", "div", "table", "tr", "td"]));
        // Ours is the headline's, where there is one; the events' own are escaped.
        Assert.Equal(several ? 1 : 0, received.HtmlBody!.Split("<b>").Length - 1);
    }

    static IEnumerable<Event> Cpus(int count) =>
        Enumerable.Range(0, count).Select(i => new Event { Service = "cpu", Host = $"{i}", Metric = i });

    [GeneratedRegex("</?([^ >]*)")]
    private static partial Regex Tags();
}
