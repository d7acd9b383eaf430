using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace Godot.Outputs.Tests;

public class EmailOptionsTests
{
    [Fact]
    public void An_address_says_it_all()
    {
        EmailOptions options =
            EmailOptions.FromUri("smtp://user%40host.com:p%3A%2F%40%C3%A4@mail.example.com:2525?from=godot%40host.com&tls=starttls");
        Assert.Equal(
            ("mail.example.com", 2525, "user@host.com", "p:/@ä", "godot@host.com", EmailTls.StartTls),
            (options.Host, options.Port, options.User, options.Password, options.From, options.Tls));
        Assert.Equal("user@host.com@mail.example.com:2525", options.ToString());
    }

    [Theory]
    [InlineData("smtp://host", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("smtp://host:587", 587, SecureSocketOptions.StartTls)]
    [InlineData("smtp://u:p@host", 587, SecureSocketOptions.StartTls)]
    [InlineData("smtp://u:p@host:25", 25, SecureSocketOptions.StartTls)]
    [InlineData("smtp://u:p@host:465", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtp://u:p@localhost:25", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("smtp://u:p@[::1]:25", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("smtp://u:p@localhost.example.com:25", 25, SecureSocketOptions.StartTls)]
    [InlineData("smtp://u:p@host:25?tls=none", 25, SecureSocketOptions.None)]
    [InlineData("smtps://u:p@host", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtps://u:p@host:4650", 4650, SecureSocketOptions.SslOnConnect)]
    public void A_password_is_only_sent_encrypted_unless_to_this_machine_or_by_request(string uri, int port, SecureSocketOptions security)
    {
        EmailOptions options = EmailOptions.FromUri(uri);
        Assert.Equal((port, security), (options.ActualPort, options.Security));
    }

    [Theory]
    [InlineData("mail.example.com:587")]
    [InlineData("http://user:secret@mail.example.com")]
    [InlineData("smtp://user:sec/ret@mail.example.com")]
    [InlineData("smtp://user:12/secret@mail.example.com")]
    [InlineData("smtp://user:12#secret@mail.example.com")]
    [InlineData("smtp://user:12?secret@mail.example.com")]
    [InlineData("smtp://user:secret@mail.example.com:0x19")]
    [InlineData("smtp://user:secret@mail.example.com?tls=maybe")]
    [InlineData("smtp://user:secret@mail.example.com?to=secret")]
    [InlineData("smtp://")]
    public void An_address_that_is_wrong_is_refused_without_repeating_the_password(string uri)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => EmailOptions.Find(null, uri));
        Assert.StartsWith("GODOT_SMTP is not an address of a mail server: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Services_come_before_the_environment_and_that_before_the_configuration()
    {
        EmailOptions given = new() { Host = "services" };
        Configuration configuration =
            new() { ["Godot:Smtp:Host"] = "configuration", ["Godot:Smtp:Port"] = "26", ["Godot:Smtp:Tls"] = "None" };
        Assert.Equal("services", EmailOptions.Find(new Services(given, configuration), "smtp://environment").Host);
        Assert.Equal("environment", EmailOptions.Find(new Services(configuration), "smtp://environment").Host);
        EmailOptions configured = EmailOptions.Find(new Services(configuration), "");
        Assert.Equal(("configuration", 26, EmailTls.None), (configured.Host, configured.Port, configured.Tls));
        Assert.Equal("mail.host.com",
            EmailOptions.Find(new Services(new Configuration { ["Godot:Smtp"] = "smtp://mail.host.com" }), null).Host);
        Assert.Null(EmailOptions.Find(new Services(new Configuration()), null).Host);
        Assert.Null(EmailOptions.Find(null, null).Host);
    }

    [Fact]
    public void What_cannot_work_is_refused_with_a_sentence()
    {
        Assert.Equal("Godot:Smtp:Port must be a number, not \"many\".", Refusal(new Configuration { ["Godot:Smtp:Port"] = "many" }));
        Assert.Equal("A mail server's port is 1 to 65535, not 0.", Refusal(new EmailOptions { Host = "a", Port = 0 }));
        Assert.Equal("There is a password for the mail server, but no user.",
            Refusal(new EmailOptions { Host = "a", Password = "secret" }));
        Assert.Equal("\"godot\" is not an address to send mails from; set one, such as godot@example.com.",
            Refusal(new EmailOptions { Host = "a", From = "godot" }));

        static string Refusal(object service) =>
            Assert.Throws<ArgumentException>(() => EmailOptions.Find(new Services(service), null)).Message;
    }

    [Fact]
    public void The_user_is_the_sender_if_that_is_an_address()
    {
        Assert.Equal("me@host.com", new EmailOptions { User = "me@host.com" }.Sender.Address);
        Assert.Equal($"godot@{Environment.MachineName}", new EmailOptions { User = "me" }.Sender.Address);
        Assert.Equal("Watch", new EmailOptions { From = "Watch <watch@host.com>" }.Sender.Name);
    }

    // As much of a configuration as is needed: keys and their values.
    sealed class Configuration : Dictionary<string, string?>, IConfigurationSection
    {
        readonly string path = "";

        public Configuration()
        {
        }

        Configuration(Configuration all, string path) : base(all) => this.path = path;

        string? IConfiguration.this[string key]
        {
            get => this.GetValueOrDefault(Full(key));
            set => this[Full(key)] = value;
        }

        public string Key => path;
        public string Path => path;
        public string? Value { get; set; }
        public IConfigurationSection GetSection(string key) => new Configuration(this, Full(key));
        public IEnumerable<IConfigurationSection> GetChildren() =>
            Keys.Where(k => k.StartsWith(path + ":", StringComparison.Ordinal)).Select(k => new Configuration(this, k));
        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => throw new NotSupportedException();

        string Full(string key) => path.Length == 0 ? key : $"{path}:{key}";
    }
}
