namespace Godot.Outputs.Tests;

public class EmailTemplateTests
{
    [Theory]
    [InlineData("{service} on {host} is {state}", "app.server/health/heartbeat on app.server.com is expired")]
    [InlineData("{time}: {metric}, valid {ttl} s", "2026-08-01T03:14:15.926Z: 0.25, valid 15 s")]
    [InlineData("{tags}; {description} ({reactor})", "production, web; No heartbeat for 60 s. (heartbeats)")]
    [InlineData("{meta.version} {meta.restarts} {meta.none}", "1.2.3 4 -")]
    [InlineData("{{{host}}} }}{{", "{app.server.com} }{")]
    [InlineData("no fields", "no fields")]
    [InlineData("", "")]
    public void Fields_in_braces_are_filled_in(string template, string text) =>
        Assert.Equal(text, new EmailTemplate(template, "subject").Render("heartbeats", Some.Heartbeat));

    [Fact]
    public void A_field_without_a_value_shows_as_a_dash() =>
        Assert.Equal("- - - - - - - -",
            new EmailTemplate("{host} {service} {state} {description} {time} {metric} {ttl} {tags}", "subject").Render("cpu", new Event()));

    [Theory]
    [InlineData("on {hots}",
        "\"hots\" at position 5 of \"on {hots}\" is not a field of an event: host, service, state, description, time, metric, ttl, tags, "
            + "reactor and meta.key are.")]
    [InlineData("{meta.}",
        "\"meta.\" at position 2 of \"{meta.}\" is not a field of an event: host, service, state, description, time, metric, ttl, tags, "
            + "reactor and meta.key are.")]
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
