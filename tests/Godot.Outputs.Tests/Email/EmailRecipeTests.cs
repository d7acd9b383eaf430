using Microsoft.Extensions.Logging.Abstractions;

namespace Godot.Outputs.Tests;

public class EmailRecipeTests
{
    [Fact]
    public void The_verb_reads_as_it_was_written()
    {
        Assert.Equal("Email(\"user@host.com\")", Reactor.Email(to: "user@host.com").ToString());
        Assert.Equal(
            "Email(\"a@host.com, b@host.com\", subject: \"{state}\", body: \"\\\"{host}\\\"\", interval: 5m)",
            Reactor.Email("a@host.com,b@host.com", "{state}", "\"{host}\"", TimeSpan.FromMinutes(5)).ToString());
    }

    [Fact]
    public void The_same_recipients_and_texts_are_one_output()
    {
        string key = new EmailRecipe("a@host.com,b@host.com", "{state}", null, null).QueueKey;
        Assert.Equal(key, new EmailRecipe("a@host.com, b@host.com", "{state}", null, TimeSpan.FromMinutes(1)).QueueKey);
        Assert.NotEqual(key, new EmailRecipe("a@host.com, b@host.com", null, "{state}", null).QueueKey);
        Assert.NotEqual(key, new EmailRecipe("a@host.com, b@host.com", "{state}", "", null).QueueKey);
        Assert.NotEqual(new EmailRecipe("a@host.com", "{state}", null, null), new EmailRecipe("a@host.com", "{host}", null, null));
        Assert.NotEqual(new EmailRecipe("a@host.com", null, null, null), new EmailRecipe("a@host.com", null, null, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ops")]
    [InlineData("ops@host.com dev@host.com")]
    [InlineData("ops@host.com\r\nBcc: dev@host.com")]
    [InlineData("team: a@host.com, b@host.com;")]
    public void What_is_no_address_is_refused(string addresses)
    {
        ArgumentException e = Assert.Throws<ArgumentException>("to", () => Reactor.Email(addresses));
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_negative_interval_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => Reactor.Email("ops@host.com", interval: TimeSpan.FromSeconds(-1)));

    [Fact]
    public void Its_preview_is_the_mails_subject_and_text()
    {
        string preview = new EmailRecipe("ops@host.com", "{service} is {state}", null, null).Preview(Some.Notification(Some.Heartbeat)[0]);

        Assert.StartsWith("app.server/health/heartbeat is expired\n\n[expired] app.server/health/heartbeat on app.server.com\n", preview,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mail_server_it_writes_files_and_with_one_it_mails()
    {
        OutputContext context = new(TimeProvider.System, NullLoggerFactory.Instance, new Services(new EmailOptions()));
        EmailRecipe recipe = new("ops@host.com", null, null, null);
        Assert.IsType<EmailFolderOutput>(recipe.Open(context));
        Assert.IsType<EmailOutput>(recipe.Open(context with { Services = new Services(new EmailOptions { Host = "mail.host.com" }) }));
    }
}
