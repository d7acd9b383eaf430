namespace Godot;

/// <summary>Asks an address, whatever there is to tell: that we do is all that it says.</summary>
sealed class PingOutput(WebAddress address, HttpMethod method, WebSender sender) : IOutput, IAsyncDisposable
{
    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, address.Target);
        request.Headers.UserAgent.Add(WebSender.Agent);
        request.Headers.Authorization = address.Login;
        await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return default;
    }
}
