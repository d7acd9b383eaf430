using System.Net;
using System.Net.Sockets;
using Godot.Runtime;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Godot.Outputs.Tests;

/// <summary>Against a real mail server.</summary>
public sealed class SmtpTests(TestCertificate certificate) : IClassFixture<TestCertificate>, IDisposable
{
    readonly FakeTimeProvider clock = new(Some.Time);
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("godot-mail-");
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_goes_over_STARTTLS_after_a_login()
    {
        await using SmtpServer server = await StartAsync("starttls", "--user", "godot", "--password", "pässword");
        await Open(server, tls: EmailTls.StartTls).SendAsync(Some.Notification(Some.Heartbeat), Stop);
        SmtpServer.Received received = await server.Next();
        Assert.Equal(("godot@host.com", true, "godot"), (received.Sender, received.Encrypted, received.User));
        Assert.Equal(["ops@host.com"], received.Recipients);
        Assert.Equal("[expired] app.server/health/heartbeat on app.server.com", received.Message.Subject);
        Assert.Equal("auto-generated", received.Message.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("heartbeats", received.Message.Headers["X-Godot-Reactor"]);
        Assert.Equal(new DateTimeOffset(2026, 8, 1, 3, 14, 15, TimeSpan.Zero), received.Message.Date);
        Assert.Contains("No heartbeat for 60 s.", received.Message.TextBody, StringComparison.Ordinal);
        Assert.Contains("No heartbeat for 60 s.", received.Message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_goes_over_implicit_TLS()
    {
        await using SmtpServer server = await StartAsync("implicit", "--user", "godot", "--password", "pässword");
        await Open(server, tls: EmailTls.Tls).SendAsync(Some.Notification(Some.Heartbeat), Stop);
        Assert.True((await server.Next()).Encrypted);
    }

    [Fact]
    public async Task What_is_not_ASCII_arrives_as_it_was()
    {
        await using SmtpServer server = await StartAsync("none");
        Event e = new() { Host = "höst", Service = "сервис", State = "警告", Description = "Größe > 5 & <b>kein</b> 🚒" };
        await Open(server, user: null).SendAsync(Some.Notification(e), Stop);
        MimeMessage message = (await server.Next()).Message;
        Assert.Equal("[警告] сервис on höst", message.Subject);
        Assert.Contains("Größe > 5 & <b>kein</b> 🚒", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;kein&lt;/b&gt;", message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using SmtpServer server = await StartAsync("starttls");
        IOutput output = Open(server, user: null, trusted: false);
        Assert.IsType<SslHandshakeException>(await Failure(output));
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_password()
    {
        await using SmtpServer server = await StartAsync("none", "--user", "godot", "--password", "pässword");
        IOutput output = Open(server, tls: EmailTls.StartTls);
        Assert.IsType<NotSupportedException>(await Failure(output));
    }

    [Fact]
    public async Task A_wrong_password_is_a_failure_that_may_pass()
    {
        await using SmtpServer server = await StartAsync("starttls", "--user", "godot", "--password", "another");
        IOutput output = Open(server);
        Assert.IsType<AuthenticationException>(await Failure(output));
    }

    [Fact]
    public async Task A_recipient_that_does_not_exist_is_for_good_and_the_mail_is_saved()
    {
        await using SmtpServer server = await StartAsync("none", "--refuse", "ops@host.com");
        IOutput output = Open(server, user: null);
        UndeliverableException e =
            await Assert.ThrowsAsync<UndeliverableException>(() => output.SendAsync(Some.Notification(Some.Heartbeat), Stop));
        Assert.Equal("The mail server localhost refuses the mail to ops@host.com: 550 5.1.1 No such user", e.Message);
        string? where = output.Abandon(Some.Notification(Some.Heartbeat));
        string file = Assert.Single(folder.GetFiles()).FullName;
        Assert.Equal($"The mail to ops@host.com was saved as {file}.", where);
        Assert.Equal("[expired] app.server/health/heartbeat on app.server.com", (await MimeMessage.LoadAsync(file, Stop)).Subject);
    }

    [Fact]
    public async Task Each_recipient_has_a_fate_of_its_own()
    {
        await using SmtpServer server = await StartAsync("none", "--refuse", "gone@host.com", "--defer", "full@host.com");
        Services services = new(new EmailOptions { Host = "localhost", Port = server.Port, Folder = folder.FullName });
        Engine engine = new(new EngineOptions { TimeProvider = clock, Services = services });
        engine.Add(Reactor.Email("full@host.com, oncall@host.com, gone@host.com", interval: TimeSpan.Zero));

        // For days, one is full.
        for (int mail = 0; mail < 3; mail++)
        {
            engine.Feed(Some.Heartbeat with { Metric = mail });
            SmtpServer.Received received = await server.Next();
            Assert.Equal(["oncall@host.com"], received.Recipients);
            // Who gets it sees who else does.
            Assert.Equal(3, received.Message.To.Count);
            Assert.Matches($@"\bmetric\W+{mail}\s", received.Message.TextBody!);
            // An attempt that is still under way would not survive the day.
            while (engine.Outputs.Sum(output => output.Report.Sent) <= mail
                || engine.Outputs.Sum(output => output.Report.Abandoned) <= mail)
                await Task.Delay(5, Stop);
            clock.Advance(TimeSpan.FromHours(20));
        }
        Assert.Equal(3, folder.GetFiles().Length);
        await engine.StopAsync(Stop);

        // What could not be sent by the end is saved; nobody had anything twice.
        Assert.Equal((3, 6), (engine.Outputs.Sum(output => output.Report.Sent), engine.Outputs.Sum(output => output.Report.Abandoned)));
        Assert.Equal(6, folder.GetFiles().Length);
        Assert.Equal(0, engine.LostAtStop);
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT ops@host.com")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task What_is_refused_for_good_is_undeliverable_whatever_it_is_said_to(string command)
    {
        using SmtpPeer peer = new() { Answer = said => said == command ? "554 5.7.1 Spam" : SmtpPeer.Well(said) };
        UndeliverableException e = await Assert.ThrowsAsync<UndeliverableException>(
            () => Open(peer).SendAsync(Some.Notification(Some.Heartbeat), Stop));
        Assert.Equal("The mail server 127.0.0.1 refuses the mail to ops@host.com: 554 5.7.1 Spam", e.Message);
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT ops@host.com")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task What_may_pass_is_tried_again(string command)
    {
        using SmtpPeer peer = new() { Answer = said => said == command ? "452 4.2.2 Full" : SmtpPeer.Well(said) };
        await Assert.ThrowsAsync<NotTakenException>(() => Open(peer).SendAsync(Some.Notification(Some.Heartbeat), Stop));
    }

    [Fact]
    public async Task A_server_that_goes_away_with_the_mail_may_have_it()
    {
        using SmtpPeer peer = new() { Endless = "." };
        await Assert.ThrowsAsync<IOException>(() => Open(peer).SendAsync(Some.Notification(Some.Heartbeat), Stop));
    }

    [Fact]
    public async Task A_mail_that_is_sent_again_has_the_same_id_and_the_same_bytes()
    {
        using SmtpPeer peer = new();
        IMessageOutput output = (IMessageOutput)Open(peer);
        OutgoingMessage message = output.Compose(Some.Notification(Some.Heartbeat with { Description = ".\n..\nGröße" }), "0123");
        clock.Advance(TimeSpan.FromMinutes(5));
        await output.DeliverAsync(message, Stop);
        await output.DeliverAsync(new OutgoingMessage(message.Id, [.. message.Content]), Stop);
        Assert.Equal(2, peer.Mails.Count);
        string mail = Assert.Single(peer.Mails.Distinct());
        Assert.Contains("Message-Id: <0123@host.com>", mail, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("banner")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task What_a_server_says_without_end_is_cut(string command)
    {
        using SmtpPeer peer = new() { Endless = command };
        Task sending = Open(peer).SendAsync(Some.Notification(Some.Heartbeat), Stop);
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => sending.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        // It may have the mail that it has heard whole.
        Assert.Equal(command == "." ? typeof(IOException) : typeof(NotTakenException), e.GetType());
        Assert.StartsWith($"127.0.0.1:{peer.Port} does not take the mail to ops@host.com: ", e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Message.Length, 50, 1000);
    }

    [Fact]
    public async Task A_QUIT_that_nobody_answers_holds_up_nothing()
    {
        using SmtpPeer peer = new() { Answer = said => said == "QUIT" ? null : SmtpPeer.Well(said) };
        for (int mail = 0; mail < 3; mail++) await Open(peer).SendAsync(Some.Notification(Some.Heartbeat), Stop);
        Assert.Equal(3, peer.Taken.Count);
        Assert.True(SpinWait.SpinUntil(() => peer.Commands.Count(command => command == "QUIT") == 3, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_server_that_has_the_mail_may_think_about_it_for_ten_minutes()
    {
        using SmtpPeer peer = new() { Answer = said => said == "." ? null : SmtpPeer.Well(said) };
        Task sending = Open(peer).SendAsync(Some.Notification(Some.Heartbeat), Stop);
        Assert.True(SpinWait.SpinUntil(() => peer.Commands.Contains("."), TimeSpan.FromSeconds(30)));
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<TimeoutException>(() => sending);
    }

    [Fact]
    public async Task A_recipient_that_is_to_be_tried_later_is_a_failure_that_may_pass()
    {
        await using SmtpServer server = await StartAsync("none", "--defer", "ops@host.com");
        IOutput output = Open(server, user: null);
        Assert.Equal(450, (int)Assert.IsType<SmtpCommandException>(await Failure(output)).StatusCode);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_a_failure()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        EmailOptions options = new() { Host = "127.0.0.1", Port = ((IPEndPoint)silent.LocalEndpoint).Port };
        Task sending = Open(options).SendAsync(Some.Notification(Some.Heartbeat), Stop);
        using TcpClient connected = await silent.AcceptTcpClientAsync(Stop);
        clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<NotTakenException>(() => sending);
    }

    [Fact]
    public async Task A_server_that_was_down_gets_the_mail_when_it_is_up_again()
    {
        SmtpServer before = await StartAsync("none");
        await before.DisposeAsync();
        EmailRecipe recipe = new("ops@host.com", null, null, null);
        Services services = new(new EmailOptions { Host = "localhost", Port = before.Port, Folder = folder.FullName });
        OutputQueue queue = new(recipe, new OutputContext(clock, NullLoggerFactory.Instance, services));
        queue.Enqueue(Some.Notification(Some.Heartbeat)[0]);
        while (queue.Report.Failed == 0) await Task.Yield();

        await using SmtpServer server = await StartAsync("none", "--port", $"{before.Port}");
        Task<SmtpServer.Received> next = server.Next();
        while (!next.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            // The server takes real time, whatever the clock says.
            await Task.WhenAny(next, Task.Delay(20, Stop));
        }
        Assert.Equal("[expired] app.server/health/heartbeat on app.server.com", (await next).Message.Subject);
        await queue.StopAsync(Stop);
        Assert.Equal((1, 0), (queue.Report.Sent, queue.Pending));
    }

    [Fact]
    public async Task A_reactor_of_an_engine_mails_the_first_event_at_once_and_the_rest_when_it_stops()
    {
        await using SmtpServer server = await StartAsync("none");
        Services services = new(new EmailOptions { Host = "localhost", Port = server.Port, Folder = folder.FullName });
        Engine engine = new(new EngineOptions { TimeProvider = clock, Services = services });
        engine.Add(Reactor.Email("ops@host.com", subject: "{service} on {host} is {state}"), "all");
        engine.Feed(Event.Parse("""{"host":"a","service":"web","state":"expired"}"""));
        SmtpServer.Received first = await server.Next();
        Assert.Equal(("web on a is expired", "all"), (first.Message.Subject, first.Message.Headers["X-Godot-Reactor"]));
        engine.Feed(Event.Parse("""{"host":"b","service":"web","state":"expired"}"""));
        engine.Feed(Event.Parse("""{"host":"c","service":"web","state":"expired"}"""));
        await engine.StopAsync(Stop);
        Assert.Equal("web on b is expired (+1 more)", (await server.Next()).Message.Subject);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>What stands behind the failure that may pass, whose own message says where and for whom, and holds no password.</summary>
    static async Task<Exception?> Failure(IOutput output)
    {
        NotTakenException e =
            await Assert.ThrowsAsync<NotTakenException>(() => output.SendAsync(Some.Notification(Some.Heartbeat), Stop));
        Assert.Matches("^(godot@)?localhost:[0-9]+ does not take the mail to ops@host.com: .", e.Message);
        Assert.DoesNotContain("pässword", e.ToString(), StringComparison.Ordinal);
        return e.InnerException;
    }

    Task<SmtpServer> StartAsync(string tls, params string[] arguments) =>
        SmtpServer.StartAsync(["--tls", tls, "--certificate", certificate.CertificatePath, "--key", certificate.KeyPath, .. arguments]);

    IOutput Open(SmtpServer server, string? user = "godot", EmailTls tls = EmailTls.Auto, bool trusted = true)
    {
        EmailOptions options = new()
        {
            Host = "localhost",
            Port = server.Port,
            User = user,
            Password = user is null ? null : "pässword",
            From = "godot@host.com",
            Tls = tls,
            Trust = trusted ? certificate.Trust : null,
        };
        return Open(options);
    }

    IOutput Open(SmtpPeer peer) => Open(new EmailOptions { Host = "127.0.0.1", Port = peer.Port, From = "godot@host.com" });

    IOutput Open(EmailOptions options)
    {
        EmailText text = new(new EmailRecipe("ops@host.com", null, null, null), options.Sender, clock);
        return new EmailOutput(text, new MailFolder(folder.FullName, clock), options, clock);
    }
}
