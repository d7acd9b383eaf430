using System.Net.Http.Headers;

namespace Godot;

/// <summary>Posts messages, one after the other, each with the same id and body in every attempt.</summary>
sealed class WebhookOutput(WebhookRecipe webhook, WebhookSecrets secrets, TimeProvider clock) : IMessageOutput, IAsyncDisposable
{
    readonly WebSender sender = new(webhook.Shown, webhook.Options.Timeout, clock, webhook.Options.Trust);

    public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id) =>
        new(id, WebhookJson.Of(notifications, clock.GetUtcNow()));

    public async Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        using HttpRequestMessage request = new(HttpMethod.Post, webhook.Address.Target);
        request.Content = new ByteArrayContent(message.Content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(WebSender.Agent);
        request.Headers.Authorization = webhook.Address.Login;
        foreach ((string header, string value) in webhook.Options.Headers) request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", WebhookSecrets.Seconds(now));
        if (secrets.Any) request.Headers.TryAddWithoutValidation("webhook-signature", secrets.Sign(message.Id, now, message.Content));
        await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return default;
    }
}
