using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Godot;

/// <summary>Posts messages to the provider. What it refuses for good (4xx, but for a refused login and too many requests) is undeliverable; anything else is tried again.</summary>
sealed class SmsOutput : IOutput, IAsyncDisposable
{
    readonly string number;
    readonly SmsOptions options;
    readonly HttpClient http;

    public SmsOutput(string number, SmsOptions options)
    {
        (this.number, this.options) = (number, options);
        http = new HttpClient { BaseAddress = options.Server, Timeout = options.Timeout };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Account}:{options.Token}")));
    }

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        using FormUrlEncodedContent message = new([new("To", number), new("From", options.From), new("Body", SmsText.Of(notifications))]);
        Uri messages = new($"/2010-04-01/Accounts/{Uri.EscapeDataString(options.Account)}/Messages.json", UriKind.Relative);
        using HttpResponseMessage answer = await http.PostAsync(messages, message, stop).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode) return;
        string why = PlainText.Cut(PlainText.Line(await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false)), 200);
        string refusal = $"{options} does not take the message to {number}: {(int)answer.StatusCode} {why}";
        bool forGood = answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
        throw forGood ? new UndeliverableException(refusal) : new IOException(refusal);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return default;
    }
}
