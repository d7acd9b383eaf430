using System.Net;
using System.Text;
using Godot.Client.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Outputs.Tests;

/// <summary>Against an HTTP server that speaks as the provider does.</summary>
public sealed class SmsTests : IDisposable
{
    static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    readonly HttpListener provider = new();
    readonly SmsOptions options;
    string body = "";

    public SmsTests()
    {
        int port = LineServer.FreePort();
        provider.Prefixes.Add($"http://127.0.0.1:{port}/");
        provider.Start();
        options = SmsOptions.FromUri($"http://AC1:t%2Fken@127.0.0.1:{port}?from=+15550199");
    }

    [Fact]
    public async Task A_message_is_posted_with_the_account()
    {
        await using SmsOutput output = new("+15550100", options, TimeProvider.System);
        Task<HttpListenerRequest> asked = Answer(201);
        Event hot = new() { Host = "web", Service = "cpu", State = "critical", Metric = 95, Description = "too\nhot" };
        await ((IOutput)output).SendAsync([Of(hot), Of(new Event())], Stop);
        HttpListenerRequest request = await asked;
        Assert.Equal(("POST", "/2010-04-01/Accounts/AC1/Messages.json"), (request.HttpMethod, request.Url!.AbsolutePath));
        Assert.Equal("Basic " + Convert.ToBase64String("AC1:t/ken"u8), request.Headers["Authorization"]);
        Assert.Equal("To=+15550100&From=+15550199&Body=[critical] cpu on web: 95 too hot (and 1 more)", body);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(401, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public async Task What_is_refused_for_good_is_not_tried_again(int status, bool forGood)
    {
        await using SmsOutput output = new("+15550100", options, TimeProvider.System);
        Task asked = Answer(status);
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => ((IOutput)output).SendAsync([Of(new Event())], Stop));
        await asked;
        Assert.Equal(forGood, refused is UndeliverableException);
        Assert.Contains("+15550100", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t/ken", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "120", typeof(RetryLaterException))]
    [InlineData(503, "120", typeof(RetryLaterException))]
    [InlineData(401, null, typeof(NotTakenException))]
    [InlineData(503, null, typeof(IOException))]
    [InlineData(502, "120", typeof(IOException))]
    public async Task A_refusal_says_that_nobody_has_it_and_a_fault_does_not(int status, string? retryAfter, Type said)
    {
        await using SmsOutput output = new("+15550100", options, TimeProvider.System);
        Task asked = Answer(status, retryAfter);
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => ((IOutput)output).SendAsync([Of(new Event())], Stop));
        await asked;
        Assert.Equal(said, thrown.GetType());
        if (thrown is RetryLaterException later) Assert.Equal(TimeSpan.FromMinutes(2), later.After);
    }

    [Fact]
    public async Task Nobody_has_what_a_provider_that_is_not_there_was_to_get()
    {
        provider.Stop();
        await using SmsOutput output = new("+15550100", options, TimeProvider.System);
        await Assert.ThrowsAsync<NotTakenException>(() => ((IOutput)output).SendAsync([Of(new Event())], Stop));
    }

    [Theory]
    [InlineData("5550100")]
    [InlineData("+0123456")]
    [InlineData("+15550100,")]
    [InlineData("+1 555 0100")]
    public void What_is_no_number_is_refused(string number) => Assert.Throws<ArgumentException>(() => Reactor.Sms(number));

    [Theory]
    [InlineData("api.twilio.com")]
    [InlineData("https://account@api.twilio.com?from=+1555")]
    [InlineData("https://account:token@api.twilio.com")]
    public void What_is_no_account_is_refused_without_its_token(string uri) =>
        Assert.DoesNotContain(":token", Assert.Throws<ArgumentException>(() => SmsOptions.FromUri(uri)).Message, StringComparison.Ordinal);

    [Fact]
    public void Several_numbers_are_several_outputs()
    {
        Assert.Equal("""Over(1).Sms("+15550100, +15550101")""", Reactor.Over(1).Sms("+15550100,+15550101").ToString());
        SmsRecipe both = new("+15550100, +15550101", null);
        OutputContext context = new(TimeProvider.System, NullLoggerFactory.Instance, null);
        Assert.Equal([new SmsRecipe("+15550100", null), new SmsRecipe("+15550101", null)], both.Parts(context));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_without_end_is_not_read(int status)
    {
        await using SmsOutput output = new("+15550100", options, TimeProvider.System);
        using CancellationTokenSource ended = new();
        Task endless = AnswerWithoutEnd(status, ended.Token);
        Task sending = ((IOutput)output).SendAsync([Of(new Event())], Stop).Soon();
        if (status == 200) await sending;
        else Assert.InRange((await Assert.ThrowsAsync<UndeliverableException>(() => sending)).Message.Length, 50, 400);
        await ended.CancelAsync();
        await endless;
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_in_time_is_a_failure_that_may_pass()
    {
        FakeTimeProvider clock = new();
        await using SmsOutput output = new("+15550100", options, clock);
        Task sending = ((IOutput)output).SendAsync([Of(new Event())], Stop);
        await provider.GetContextAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<TimeoutException>(() => sending);
    }

    [Fact]
    public void A_long_text_is_cut() =>
        Assert.True(SmsText.Of([Of(new Event { Description = new string('x', 1000) }), Of(new Event())]).Length <= 320);

    [Fact]
    public void An_incident_is_its_title_what_its_event_says_and_the_runbook()
    {
        Assert.Equal("opened critical cpu app: 97.5 https://wiki.host.com/cpu?a=1&b=2", SmsText.Of([Some.Alert(Some.Opened)]));
        Assert.Equal("resolved after 35 min critical cpu app: 12", SmsText.Of([Some.Alert(Some.Resolved)]));
        Assert.Equal("resolved after 35 min critical cpu app (rule removed): 12",
            SmsText.Of([Some.Alert(Some.Resolved with { Incident = Some.Resolved.Incident with { Ended = "rule removed" } })]));
        Notice late = Some.Opened with { Text = "two\nlines", HeldBack = "silenced by ann" };
        Assert.Equal("opened critical cpu app: two lines (late: silenced by ann) https://wiki.host.com/cpu?a=1&b=2",
            SmsText.Of([Some.Alert(late)]));
        // No half of a link.
        string text = SmsText.Of([Some.Alert(Some.Opened with { Text = new string('x', 280) })]);
        Assert.EndsWith("xxx", text, StringComparison.Ordinal);
        Assert.Equal(320, SmsText.Of([Some.Alert(Some.Opened with { Text = new string('x', 1000) })]).Length);
    }

    [Fact]
    public void Of_several_incidents_there_are_as_many_as_there_is_room_for()
    {
        Assert.Equal("opened critical cpu app; resolved after 35 min critical cpu app",
            SmsText.Of([Some.Alert(Some.Opened, Some.Resolved)]));
        Assert.Equal("opened critical cpu app; [expired] - on -",
            SmsText.Of([Of(new Event { State = "expired" }), Some.Alert(Some.Opened)]));
        string many = SmsText.Of([Some.Alert([.. Enumerable.Repeat(Some.Opened, 100)])]);
        Assert.EndsWith("; opened critical cpu app (and 88 more)", many, StringComparison.Ordinal);
        Assert.InRange(many.Length, 290, 320);
    }

    async Task AnswerWithoutEnd(int status, CancellationToken stop)
    {
        HttpListenerContext context = await provider.GetContextAsync().Soon();
        context.Response.StatusCode = status;
        context.Response.SendChunked = true;
        try
        {
            while (!stop.IsCancellationRequested) await context.Response.OutputStream.WriteAsync(new byte[64 * 1024], stop);
        }
        catch (Exception e) when (e is IOException or HttpListenerException or OperationCanceledException)
        {
            // Who does not listen has closed.
        }
        context.Response.Abort();
    }

    static Notification Of(Event e) => new("test", [e]);

    async Task<HttpListenerRequest> Answer(int status, string? retryAfter = null)
    {
        HttpListenerContext context = await provider.GetContextAsync().Soon();
        using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
        body = WebUtility.UrlDecode((await reader.ReadToEndAsync(Stop)).Replace("+", "%20", StringComparison.Ordinal));
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.AddHeader("Retry-After", retryAfter);
        context.Response.Close("""{"message":"why"}"""u8.ToArray(), willBlock: true);
        return context.Request;
    }

    public void Dispose() => provider.Close();
}
