using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Godot.Client.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Outputs.Tests;

/// <summary>Against a real web server on loopback.</summary>
public sealed class WebhookTests(TestCertificate certificate) : IClassFixture<TestCertificate>
{
    // The secret, message and signature that the libraries of Standard Webhooks are tested with.
    const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Other = "whsec_plJ3nmyCDGBKInavdOK15jsl";

    static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    static readonly OutputContext Context = new(TimeProvider.System, NullLoggerFactory.Instance, null);

    [Fact]
    public async Task A_notification_is_posted_as_json_with_its_id_and_a_signature_that_another_implementation_makes_too()
    {
        await using HookServer server = await HookServer.StartAsync();
        await using WebhookOutput output = Open(server.Url, new() { Secrets = [Secret, Other] });
        Notification notification = Some.Alert(Some.Opened);
        await ((IOutput)output).SendAsync([notification], Stop);
        Posted posted = await server.NextAsync();
        Assert.Equal(("POST", "/hook", "application/json"), (posted.Method, posted.Path, posted.Headers["content-type"]));
        Assert.Equal(notification.Id, posted.Headers["webhook-id"]);
        string time = posted.Headers["webhook-timestamp"], signed = $"{notification.Id}.{time}.{posted.Body}";
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture), 0, 20);
        Assert.Equal($"v1,{await PythonsHmac(Secret, signed)} v1,{await PythonsHmac(Other, signed)}", posted.Headers["webhook-signature"]);
        Assert.DoesNotContain(posted.Headers.Keys, header => header is "traceparent" or "cookie" or "authorization");
    }

    [Fact]
    public void The_signature_is_that_of_the_libraries_of_Standard_Webhooks() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", new WebhookSecrets([Secret]).Sign("msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""u8));

    [Fact]
    public async Task Without_a_secret_nothing_is_signed()
    {
        await using HookServer server = await HookServer.StartAsync();
        await using WebhookOutput output = Open(server.Url);
        await ((IOutput)output).SendAsync([Of("a")], Stop);
        Assert.DoesNotContain("webhook-signature", (await server.NextAsync()).Headers.Keys);
    }

    [Fact]
    public async Task User_password_query_and_headers_reach_the_server_and_nothing_that_is_shown()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Says(400, "no");
        string url = $"http://ann:PASS%2Fword@localhost:{server.Port}/hook?token=QUERY";
        WebhookOptions options = new() { Headers = new Dictionary<string, string> { ["X-Key"] = "HEADER" }, Secrets = [Secret] };
        WebhookRecipe recipe = new(url, options);
        await using WebhookOutput output = (WebhookOutput)recipe.Open(Context);
        UndeliverableException refused =
            await Assert.ThrowsAsync<UndeliverableException>(() => ((IOutput)output).SendAsync([Of("a")], Stop));
        Posted posted = await server.NextAsync();
        Assert.Equal("Basic " + Convert.ToBase64String("ann:PASS/word"u8), posted.Headers["authorization"]);
        Assert.Equal(("/hook?token=QUERY", "HEADER"), (posted.Path, posted.Headers["x-key"]));

        Assert.Equal($"http://localhost:{server.Port}/hook answers 400: no", refused.Message);
        Assert.Equal($"webhook:http://localhost:{server.Port}/hook", recipe.ChannelName);
        Assert.Equal($"Over(1).Webhook(\"http://localhost:{server.Port}/hook\")", Reactor.Over(1).Webhook(url, options).ToString());
        string?[] shown = [recipe.ToString(), $"{recipe.Options}", recipe.QueueKey, refused.ToString(), recipe.Preview(Of("a")),
            await recipe.TryAsync(Context, Stop)];
        foreach (string secret in (string[])["PASS", "ann", "QUERY", "HEADER", Secret[6..]])
            Assert.All(shown, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_stands_for_the_whole_address()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Says(404);
        WebhookRecipe recipe = new($"{server.Url}/T0/B0/SECRET", new() { Name = "chat" });
        Assert.Equal(("webhook:chat", "Webhook(\"chat\")"), (recipe.ChannelName, recipe.ToString()));
        await using WebhookOutput output = (WebhookOutput)recipe.Open(Context);
        Assert.Equal("chat answers 404",
            (await Assert.ThrowsAsync<UndeliverableException>(() => ((IOutput)output).SendAsync([Of("a")], Stop))).Message);
        Assert.Equal("/hook/T0/B0/SECRET", (await server.NextAsync()).Path);
    }

    [Fact]
    public void Recipes_share_a_queue_if_they_post_the_same_way()
    {
        static string Key(string url, WebhookOptions? options = null) => new WebhookRecipe(url, options).QueueKey;

        Assert.Equal(Key("https://host.com/a"), Key("https://host.com/a", new() { Secrets = null }));
        string[] keys = [Key("https://host.com/a"), Key("https://host.com/a?to=1"), Key("https://host.com/a?to=2"),
            Key("https://ann:x@host.com/a"), Key("https://host.com/a", new() { Secrets = [Secret] }),
            Key("https://host.com/a", new() { Headers = new Dictionary<string, string> { ["X-Key"] = "1" } })];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(202, null)]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(404, true)]
    [InlineData(410, true)]
    [InlineData(413, true)]
    [InlineData(408, false)]
    [InlineData(425, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task What_may_pass_is_tried_again_and_what_may_not_is_refused(int status, bool? forGood)
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Says(status);
        await using WebhookOutput output = Open(server.Url);
        Exception? thrown = await Record.ExceptionAsync(() => ((IOutput)output).SendAsync([Of("a")], Stop));
        Assert.Equal(forGood, thrown is null ? null : thrown is UndeliverableException);
        // Of a fault of its own, nobody knows whether it has it.
        if (forGood == false) Assert.Equal(status < 500, thrown is NotTakenException);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sat, 01 Aug 2026 03:19:15 GMT", 300)]
    [InlineData("86400", 3600)]
    [InlineData("Sat, 01 Aug 2026 03:00:00 GMT", 0)]
    public async Task An_answer_may_say_when_to_come_again(string after, int seconds)
    {
        await using HookServer server = await HookServer.StartAsync();
        FakeTimeProvider clock = new(new(2026, 8, 1, 3, 14, 15, TimeSpan.Zero));
        await using WebhookOutput output = (WebhookOutput)new WebhookRecipe(server.Url, null)
            .Open(Context with { TimeProvider = clock });
        foreach (int status in (int[])[429, 503])
        {
            server.Says(status, head: headers => headers.RetryAfter = after);
            RetryLaterException later =
                await Assert.ThrowsAsync<RetryLaterException>(() => ((IOutput)output).SendAsync([Of("a")], Stop));
            Assert.Equal(TimeSpan.FromSeconds(seconds), later.After);
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Says(307, head: headers => headers.Location = "/elsewhere");
        await using WebhookOutput output = Open(server.Url);
        UndeliverableException refused =
            await Assert.ThrowsAsync<UndeliverableException>(() => ((IOutput)output).SendAsync([Of("a")], Stop));
        Assert.Contains("redirects are not followed", refused.Message, StringComparison.Ordinal);
        Assert.Equal("/hook", (await server.NextAsync()).Path);
        Assert.Equal(0, server.Unread);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_without_end_is_read_to_64_kilobytes_at_most(int status)
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Answer = async context =>
        {
            context.Response.StatusCode = status;
            byte[] some = new byte[16 * 1024];
            Array.Fill(some, (byte)'x');
            while (!context.RequestAborted.IsCancellationRequested && !server.Ended.IsCancellationRequested)
                await context.Response.Body.WriteAsync(some, server.Ended.Token);
        };
        await using WebhookOutput output = Open(server.Url);
        Task sending = ((IOutput)output).SendAsync([Of("a")], Stop).Soon();
        if (status == 200) await sending;
        else Assert.InRange((await Assert.ThrowsAsync<UndeliverableException>(() => sending)).Message.Length, 200, 300);
    }

    [Fact]
    public async Task Ten_megabytes_of_an_answer_are_not_read_and_the_next_message_goes_out()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Says(200, new string('x', 10_000_000));
        await using WebhookOutput output = Open(server.Url);
        for (int i = 0; i < 3; i++) await ((IOutput)output).SendAsync([Of($"{i}")], Stop).Soon();
        for (int i = 0; i < 3; i++) Assert.Contains($"\"service\":\"{i}\"", (await server.NextAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_closes_before_it_answers_is_a_failure_that_may_pass()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using WebhookOutput output = Open(server.Url);
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => ((IOutput)output).SendAsync([Of("a")], Stop));
        Assert.StartsWith($"{server.Url} cannot be reached: ", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", false)]
    [InlineData("400 Bad Request", true)]
    public async Task A_server_that_closes_in_the_middle_of_its_answer_has_said_whether_it_takes_it(string status, bool refuses)
    {
        using LineServer server = LineServer.Tcp();
        await using WebhookOutput output = Open($"http://localhost:{server.Port}/");
        Task sending = ((IOutput)output).SendAsync([Of("a")], Stop).Soon();
        using LineConnection connection = await server.AcceptAsync();
        while (await connection.ReadAsync() is { Length: > 0 })
        {
        }
        connection.End(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 1000\r\n\r\nhalf of"));
        if (refuses) Assert.EndsWith("answers 400: half of", (await Assert.ThrowsAsync<UndeliverableException>(() => sending)).Message,
            StringComparison.Ordinal);
        else await sending;
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_after_the_timeout()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Answer = _ => Task.Delay(Timeout.InfiniteTimeSpan, server.Ended.Token);
        FakeTimeProvider clock = new();
        await using WebhookOutput output = (WebhookOutput)new WebhookRecipe(server.Url, new() { Timeout = TimeSpan.FromSeconds(20) })
            .Open(Context with { TimeProvider = clock });
        Task sending = ((IOutput)output).SendAsync([Of("a")], Stop);
        await server.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal($"{server.Url} took longer than 00:00:20.", (await Assert.ThrowsAsync<TimeoutException>(() => sending)).Message);
    }

    [Fact]
    public async Task Where_nobody_listens_it_may_pass()
    {
        string url = $"http://localhost:{LineServer.FreePort()}/";
        await using WebhookOutput output = Open(url);
        await Assert.ThrowsAsync<NotTakenException>(() => ((IOutput)output).SendAsync([Of("a")], Stop));
        IOException tried = await Assert.ThrowsAsync<IOException>(() => new WebhookRecipe(url, null).TryAsync(Context, Stop));
        Assert.StartsWith(url.TrimEnd('/') + " cannot be reached: ", tried.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_is_refused_and_one_that_is_trusted_is_not()
    {
        await using HookServer server = await HookServer.StartAsync(certificate);
        await using (WebhookOutput output = Open(server.Url))
            await Assert.ThrowsAsync<NotTakenException>(() => ((IOutput)output).SendAsync([Of("a")], Stop));
        Assert.Equal(0, server.Unread);
        await Assert.ThrowsAsync<IOException>(() => new WebhookRecipe(server.Url, null).TryAsync(Context, Stop));

        WebhookRecipe trusting = new(server.Url, new() { Trust = certificate.Trust });
        await using (WebhookOutput output = (WebhookOutput)trusting.Open(Context)) await ((IOutput)output).SendAsync([Of("a")], Stop);
        await server.NextAsync();
        Assert.Equal($"{server.Url} accepts a connection over TLS.", await trusting.TryAsync(Context, Stop));
        Assert.Equal(0, server.Unread);
    }

    [Fact]
    public async Task A_retry_posts_the_same_message_whatever_has_come_to_wait_behind_it()
    {
        await using HookServer server = await HookServer.StartAsync();
        server.Says(503);
        FakeTimeProvider clock = new(Some.Time);
        await using Engine engine = new(new EngineOptions { TimeProvider = clock });
        engine.Add(Reactor.Webhook(server.Url), "all");
        foreach (string service in (string[])["a", "b", "c"]) engine.Feed(new Event { Service = service });
        List<Posted> posted = [await server.NextAsync(), await NextAsync()];
        server.Says(204);
        while (engine.Channels[0].Sent < 3) posted.Add(await NextAsync());
        await engine.StopAsync(Stop);

        Posted last = posted[^1];
        Assert.Single(posted[..^1].Select(one => (one.Headers["webhook-id"], one.Body)).Distinct());
        Assert.NotEqual(posted[0].Headers["webhook-id"], last.Headers["webhook-id"]);
        Assert.Equal(["a", "bc"], new[] { posted[0], last }.Select(one => string.Concat("abc"
            .Where(name => one.Body.Contains($"\"service\":\"{name}\"", StringComparison.Ordinal)))));

        async Task<Posted> NextAsync()
        {
            while (server.Unread == 0)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, Stop);
            }
            return await server.NextAsync();
        }
    }

    [Fact]
    public async Task An_incident_has_one_id_from_its_opening_to_its_end_and_a_test_is_marked()
    {
        await using HookServer server = await HookServer.StartAsync();
        await using Engine engine = new();
        engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Policy.Webhook(server.Url, new() { Interval = TimeSpan.Zero })), "cpu");
        engine.Feed(new Event { Host = "app", Service = "cpu", State = "critical" });
        JsonNode opened = await NextAsync();
        engine.Feed(new Event { Host = "app", Service = "cpu", State = "ok" });
        JsonNode resolved = await NextAsync();
        Assert.Equal(("opened", "resolved"), ((string)opened["transition"]!, (string)resolved["transition"]!));
        Assert.Equal((string)opened["incident"]!["id"]!, (string)resolved["incident"]!["id"]!);
        Assert.Equal(("recovered", "ok"), ((string)resolved["incident"]!["ended"]!, (string)resolved["event"]!["state"]!));

        Assert.True((await engine.TestAsync($"webhook:{server.Url}", by: "ann", Stop)).IsSent);
        Posted test = await server.NextAsync();
        Assert.Equal("godot.test", (string)JsonNode.Parse(test.Body)!["type"]!);
        Assert.Contains("TEST: sent by ann, nothing is wrong.", test.Body, StringComparison.Ordinal);
        server.Says(410, "gone");
        Assert.Equal($"{server.Url} answers 410: gone", (await engine.TestAsync($"webhook:{server.Url}", by: "ann", Stop)).Failure);

        async Task<JsonNode> NextAsync() =>
            JsonNode.Parse((await server.NextAsync()).Body)!["data"]!["notifications"]![0]!["notices"]![0]!;
    }

    [Theory]
    [InlineData("hooks.host.com")]
    [InlineData("ftp://hooks.host.com")]
    [InlineData("/hook")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string url) =>
        Assert.Throws<ArgumentException>(nameof(url), () => Reactor.Over(1).Webhook(url));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_%%%%")]
    [InlineData("")]
    public void What_is_no_secret_is_refused_and_not_repeated(string secret)
    {
        ArgumentException refused =
            Assert.Throws<ArgumentException>(() => Policy.Webhook("https://host.com", new() { Secrets = [secret] }));
        Assert.Contains("openssl rand -base64 32", refused.Message, StringComparison.Ordinal);
        if (secret.Length > 0) Assert.DoesNotContain(secret, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("webhook-id", "1")]
    [InlineData("X-Key", "two\nlines")]
    [InlineData("X Key", "1")]
    public void What_cannot_be_a_header_is_refused(string header, string value) =>
        Assert.Throws<ArgumentException>(() =>
            Reactor.Webhook("https://host.com", new() { Headers = new Dictionary<string, string> { [header] = value } }));

    static WebhookOutput Open(string url, WebhookOptions? options = null) =>
        (WebhookOutput)new WebhookRecipe(url, options).Open(Context);

    static Notification Of(string service, string? description = null) =>
        new("cpu", [new Event { Host = "app", Service = service, Description = description }]);

    static async Task<string> PythonsHmac(string secret, string text)
    {
        const string program = "import sys, hmac, base64; key = base64.b64decode(sys.argv[1][6:]); "
            + "print(base64.b64encode(hmac.new(key, sys.stdin.buffer.read(), 'sha256').digest()).decode())";
        using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", program, secret])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false),
        })!;
        await python.StandardInput.WriteAsync(text);
        python.StandardInput.Close();
        return (await python.StandardOutput.ReadToEndAsync(Stop)).Trim();
    }
}
