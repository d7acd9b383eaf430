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
/// <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, <c>/index</c> and <c>/events</c>. Kestrel by itself, without a web host: five paths need no routing, and no second pair of hands on
/// signals and configuration.
/// </summary>
sealed class HttpMonitor(IPEndPoint endPoint, ServerRun run, GodotServerOptions server) : IHttpApplication<HttpContext>, IAsyncDisposable
{
    readonly ILoggerFactory loggers = server.Engine.Loggers;
    readonly IndexPage index = new(run.Engine);
    readonly EventsPage events = new(run.Subscribers, server);
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
        run.Subscribers.End();
        // A scrape that is under way may end; one that hangs may not hold up the exit.
        using CancellationTokenSource atOnce = new(TimeSpan.FromMilliseconds(100));
        await kestrel.StopAsync(atOnce.Token).ConfigureAwait(false);
        kestrel.Dispose();
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        bool get = HttpMethods.IsGet(context.Request.Method);
        // A stream has no end, and so no head that could be had alone.
        if (!get && (path == "/events" || !HttpMethods.IsHead(context.Request.Method))) return context.TextAsync(405, path == "/events" ? "only GET\n" : "only GET and HEAD\n");
        return path switch
        {
            "/index" => index.AnswerAsync(context),
            "/events" => events.FollowAsync(context),
            "/healthz" => run.Healthy ? context.TextAsync(200, run.Health) : context.TextAsync(503, "a reactor hangs\n"),
            "/readyz" => run.Ready ? context.TextAsync(200, "ok\n") : context.TextAsync(503, "not all inputs listen\n"),
            "/metrics" => context.TextAsync(200, MetricsText.Of(run)),
            _ => context.TextAsync(404, "/healthz, /readyz, /metrics, /index and /events are here\n"),
        };
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
