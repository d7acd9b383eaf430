using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using Godot.Common;

namespace Godot;

/// <summary>
/// Sends requests of which nothing but the status counts. 2xx: it was taken. 408, 425, 429, 5xx and what does not come at all are failures
/// that may pass; anything else refuses for good, redirects too, since nobody is told of the new address who could put it right.
/// </summary>
/// <param name="shown">How sentences call the other side.</param>
/// <param name="timeout">How long one request may take, with its answer.</param>
/// <param name="trust">What a test trusts; null: what the system trusts.</param>
sealed class WebSender(string shown, TimeSpan timeout, TimeProvider clock, RemoteCertificateValidationCallback? trust = null) : IDisposable
{
    public static readonly ProductInfoHeaderValue Agent =
        new("Godot-Monitoring", typeof(WebSender).Assembly.GetName().Version?.ToString(3));

    // Of the body and of the head of an answer.
    const int MostRead = 64 * 1024;

    // What a sentence repeats of it.
    const int MostSaid = 200;

    static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);

    // A name that moves to another machine is followed so soon.
    static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    readonly HttpClient http = new(new SocketsHttpHandler
    {
        // What the environment of one who starts the program says of proxies is no rule of the program's.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = LongestConnect < timeout ? LongestConnect : timeout,
        PooledConnectionLifetime = ConnectionLife,
        MaxResponseHeadersLength = MostRead / 1024,
        MaxResponseDrainSize = MostRead,
        SslOptions = { RemoteCertificateValidationCallback = trust },
    }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <exception cref="UndeliverableException">It is refused for good.</exception>
    /// <exception cref="RetryLaterException">It is not taken, and the answer says when to come again.</exception>
    /// <exception cref="NotTakenException">Nobody has it: there was no connection, or it was refused for now.</exception>
    /// <exception cref="IOException">Somebody may have it.</exception>
    public async Task SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using CancellationTokenSource late = new(timeout, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            const HttpCompletionOption head = HttpCompletionOption.ResponseHeadersRead;
            using HttpResponseMessage answer = await http.SendAsync(request, head, end.Token).ConfigureAwait(false);
            // That it was taken is in the head; what follows may be without end.
            if (!answer.IsSuccessStatusCode) throw await RefusalAsync(answer, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException($"{shown} took longer than {timeout}.", e);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            // ConnectTimeout.
            throw new NotTakenException($"{shown} cannot be reached: no connection within {LongestConnect}.", e);
        }
        catch (HttpRequestException e)
        {
            // The inner one says more: which certificate, which error of the socket.
            string why = $"{shown} cannot be reached: {PlainText.Line((e.InnerException ?? e).Message)}";
            throw e.WasNotSent ? new NotTakenException(why, e) : new IOException(why, e);
        }
    }

    /// <summary>Connects, with TLS where that is spoken, and asks nothing. Returns what was reached, as a sentence.</summary>
    /// <exception cref="IOException">It cannot be reached, or its certificate is not valid.</exception>
    public static async Task<string> TryAsync(WebAddress address, string shown, RemoteCertificateValidationCallback? trust,
        CancellationToken stop)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(address.Target.DnsSafeHost, address.Target.Port, stop).ConfigureAwait(false);
            if (!address.IsEncrypted) return $"{shown} accepts a connection, not encrypted.";
            SslStream tls = new(client.GetStream(), leaveInnerStreamOpen: true, trust);
            await using (tls.ConfigureAwait(false))
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Target.IdnHost }, stop)
                    .ConfigureAwait(false);
            return $"{shown} accepts a connection over TLS.";
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            throw new IOException($"{shown} cannot be reached: {PlainText.Line(e.Message)}", e);
        }
    }

    public void Dispose() => http.Dispose();

    async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        int status = (int)answer.StatusCode;
        if (status is >= 300 and < 400)
            return new UndeliverableException($"{shown} answers {status}: redirects are not followed; name the address that it leads to.");
        string said = PlainText.Cut(PlainText.Line(await answer.BeginningAsync(MostRead, stop).ConfigureAwait(false)).Trim(), MostSaid);
        string why = $"{shown} answers {status}{(said.Length > 0 ? $": {said}" : "")}";
        bool mayPass = status >= 500 || answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            || status == 425;
        if (!mayPass) return new UndeliverableException(why);
        if (answer.RetryAfter(clock) is { } wait) return new RetryLaterException(wait, why);
        return status < 500 ? new NotTakenException(why) : new IOException(why);
    }
}
