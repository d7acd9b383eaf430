using System.Net.Http.Headers;

namespace Godot;

/// <summary>
/// Posts messages, one after the other. A message that was begun is posted again as it was, whatever has come to wait behind it: its answer
/// may have been lost, and by its id a receiver knows that it has it.
/// </summary>
sealed class WebhookOutput(WebhookRecipe webhook, WebhookSecrets secrets, TimeProvider clock) : IOutput, IAsyncDisposable
{
    readonly WebSender sender = new(webhook.Shown, webhook.Options.Timeout, clock, webhook.Options.Trust);

    WebhookMessage? begun;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        int sent = 0;
        if (begun?.Begins(notifications) == true)
        {
            await DeliverAsync(begun, cancellationToken).ConfigureAwait(false);
            sent = begun.Count;
            begun = null;
            if (sent == notifications.Count) return;
        }
        begun = WebhookMessage.Of([.. notifications.Skip(sent)], clock.GetUtcNow());
        try
        {
            await DeliverAsync(begun, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (sent > 0)
        {
            throw new PartlySentException(sent, e.Message, e);
        }
        begun = null;
    }

    /// <summary>Posts a message that was made before.</summary>
    public async Task DeliverAsync(WebhookMessage message, CancellationToken stop)
    {
        DateTimeOffset now = clock.GetUtcNow();
        using HttpRequestMessage request = new(HttpMethod.Post, webhook.Address.Target);
        request.Content = new ByteArrayContent(message.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(WebSender.Agent);
        request.Headers.Authorization = webhook.Address.Login;
        foreach ((string header, string value) in webhook.Options.Headers) request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", WebhookSecrets.Seconds(now));
        if (secrets.Any) request.Headers.TryAddWithoutValidation("webhook-signature", secrets.Sign(message.Id, now, message.Body));
        await sender.SendAsync(request, stop).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return default;
    }
}
