using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// Posts messages to the provider. What it refuses for good (4xx, but for a refused login and too many requests) is undeliverable; anything
/// else is tried again. It has not taken what it refuses, unless it is a gateway that says so, or a fault of its own.
/// </summary>
sealed class SmsOutput : IMessageOutput, IAsyncDisposable
{
    // Of an answer that refuses.
    const int MostRead = 4096;

    readonly string number;
    readonly SmsOptions options;
    readonly TimeProvider clock;
    readonly HttpClient http;

    public SmsOutput(string number, SmsOptions options, TimeProvider clock)
    {
        (this.number, this.options, this.clock) = (number, options, clock);
        http = new HttpClient { BaseAddress = options.Server, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Account}:{options.Token}")));
    }

    public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id) =>
        new(id, Encoding.UTF8.GetBytes(SmsText.Of(notifications)));

    public async Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(options.Timeout, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await PostAsync(Encoding.UTF8.GetString(message.Content), end.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.WasNotSent)
        {
            throw new NotTakenException($"{options} cannot be reached: {PlainText.Line(e.Message)}", e);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"{options} took longer than {options.Timeout}.", e);
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return default;
    }

    async Task PostAsync(string text, CancellationToken stop)
    {
        Uri messages = new($"/2010-04-01/Accounts/{Uri.EscapeDataString(options.Account)}/Messages.json", UriKind.Relative);
        using HttpRequestMessage message = new(HttpMethod.Post, messages);
        message.Content = new FormUrlEncodedContent([new("To", number), new("From", options.From), new("Body", text)]);
        const HttpCompletionOption head = HttpCompletionOption.ResponseHeadersRead;
        using HttpResponseMessage answer = await http.SendAsync(message, head, stop).ConfigureAwait(false);
        // That it has the message is in the first line; what follows may be without end.
        if (answer.IsSuccessStatusCode) return;
        string said = await answer.BeginningAsync(MostRead, stop).ConfigureAwait(false), why = PlainText.Cut(PlainText.Line(said), 200);
        string refusal = $"{options} does not take the message to {number}: {(int)answer.StatusCode} {why}";
        bool forGood = answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
        if (forGood) throw new UndeliverableException(refusal);
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            && answer.RetryAfter(clock) is { } time)
            throw new RetryLaterException(time, refusal);
        throw answer.StatusCode < HttpStatusCode.InternalServerError ? new NotTakenException(refusal) : new IOException(refusal);
    }
}
