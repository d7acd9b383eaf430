using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Godot;

/// <summary>
/// <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>. Kestrel by itself, without a web host: three paths need no routing, and no second pair of hands on
/// signals and configuration.
/// </summary>
sealed class HttpMonitor(IPEndPoint endPoint, ServerRun run, ILoggerFactory loggers) : IHttpApplication<HttpContext>, IAsyncDisposable
{
    KestrelServer? kestrel;

    public IPEndPoint EndPoint { get; private set; } = endPoint;

    public async Task StartAsync(CancellationToken giveUp)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Listen(EndPoint);
        SocketTransportFactory sockets = new(Options.Create(new SocketTransportOptions()), loggers);
        kestrel = new KestrelServer(Options.Create(options), sockets, loggers);
        try
        {
            await kestrel.StartAsync(this, giveUp).ConfigureAwait(false);
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            throw BindAddress.Refusal("http", EndPoint, reason);
        }
        string bound = kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        EndPoint = new IPEndPoint(EndPoint.Address, new Uri(bound).Port);
    }

    // Kestrel wraps the reason once or twice.
    static SocketException? Reason(Exception? e) => e is null or SocketException ? e as SocketException : Reason(e.InnerException);

    public async ValueTask DisposeAsync()
    {
        if (kestrel is null) return;
        // A scrape that is under way may end; one that hangs may not hold up the exit.
        using CancellationTokenSource atOnce = new(TimeSpan.FromMilliseconds(100));
        await kestrel.StopAsync(atOnce.Token).ConfigureAwait(false);
        kestrel.Dispose();
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        (int status, string text) = context.Request.Path.Value switch
        {
            "/healthz" => run.Healthy ? (200, "ok\n") : (503, "a reactor hangs\n"),
            "/readyz" => run.Ready ? (200, "ok\n") : (503, "not all inputs listen\n"),
            "/metrics" => (200, MetricsText.Of(run)),
            _ => (404, "/healthz, /readyz and /metrics are here\n"),
        };
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) (status, text) = (405, "only GET and HEAD\n");
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
