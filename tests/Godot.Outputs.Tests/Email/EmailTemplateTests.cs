namespace Godot.Outputs.Tests;

public class EmailTemplateTests
{
    const string OfIncidents = "transition, severity, name, since, lasted, ended, owner, runbook, text, late, incident and label.key are "
        + "fields of an incident.";

    [Theory]
    [InlineData("{service} on {host} is {state}", "app.server/health/heartbeat on app.server.com is expired")]
    [InlineData("{time}: {metric}, valid {ttl} s", "2026-08-01T03:14:15.926Z: 0.25, valid 15 s")]
    [InlineData("{tags}; {description} ({reactor})", "production, web; No heartbeat for 60 s. (heartbeats)")]
    [InlineData("{meta.version} {meta.restarts} {meta.none}", "1.2.3 4 -")]
    [InlineData("{{{host}}} }}{{", "{app.server.com} }{")]
    [InlineData("no fields", "no fields")]
    [InlineData("", "")]
    public void Fields_in_braces_are_filled_in(string template, string text) =>
        Assert.Equal(text, new EmailTemplate(template, "subject").Render(new EmailItem("heartbeats", Some.Heartbeat, null)));

    [Fact]
    public void A_field_without_a_value_shows_as_a_dash() =>
        Assert.Equal("- - - - - - - - - - -",
            new EmailTemplate(
                "{host} {service} {state} {description} {time} {metric} {ttl} {tags} {severity} {lasted} {label.team}", "subject")
                .Render(new EmailItem("cpu", new Event(), null)));

    [Fact]
    public void Fields_of_an_incident_are_filled_in_beside_those_of_its_latest_event()
    {
        Assert.Equal("opened critical cpu app, since 2026-08-01T03:14:15.926Z (0 s, -): 97.5 on app of cpu-rule",
            Rendered("{transition} {severity} {name}, since {since} ({lasted}, {ended}): {metric} on {host} of {reactor}", Some.Opened));
        Assert.Equal("resolved after 35 min: recovered", Rendered("{transition} after {lasted}: {ended}", Some.Resolved));
        Assert.Equal("ann, https://wiki.host.com/cpu?a=1&b=2; web/- 0123456789abcdef0123456789abcdef",
            Rendered("{owner}, {runbook}; {label.team}/{label.none} {incident}", Some.Opened));
        Assert.Equal("cpu is hot; muted by Sun 02:00-04:00",
            Rendered("{text}; {late}", Some.Opened with { Text = "cpu is hot", HeldBack = "muted by Sun 02:00-04:00" }));
        Assert.Equal("worse - -", Rendered("{transition} {text} {late}", Some.Opened with { Transition = Transition.Worse }));

        static string Rendered(string template, Notice notice) =>
            new EmailTemplate(template, "body").Render(EmailItem.Of(Some.Alert(notice)).Single());
    }

    [Theory]
    [InlineData("on {hots}",
        "\"hots\" at position 5 of \"on {hots}\" is not a field of an event: host, service, state, description, time, metric, ttl, tags, "
            + "reactor and meta.key are; " + OfIncidents)]
    [InlineData("{meta.}",
        "\"meta.\" at position 2 of \"{meta.}\" is not a field of an event: host, service, state, description, time, metric, ttl, tags, "
            + "reactor and meta.key are; " + OfIncidents)]
    [InlineData("{label.}",
        "\"label.\" at position 2 of \"{label.}\" is not a field of an event: host, service, state, description, time, metric, ttl, tags, "
            + "reactor and meta.key are; " + OfIncidents)]
    [InlineData("on {host", "The { at position 4 of \"on {host\" has no partner; write {{ if you mean the brace itself.")]
    [InlineData("on {host {state}", "The { at position 4 of \"on {host {state}\" has no partner; write {{ if you mean the brace itself.")]
    [InlineData("on host}", "The } at position 8 of \"on host}\" has no partner; write }} if you mean the brace itself.")]
    public void A_template_that_cannot_work_is_refused_with_its_position(string template, string sentence)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Reactor.Email("ops@host.com", subject: template));
        Assert.Equal($"{sentence} (Parameter 'subject')", e.Message);
        Assert.Throws<ArgumentException>("body", () => Reactor.Email("ops@host.com", body: template));
    }
}
