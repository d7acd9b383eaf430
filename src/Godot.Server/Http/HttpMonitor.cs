using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Godot;

/// <summary>
/// <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, <c>/index</c>, <c>/events</c> and <c>/api/v1/</c>. Kestrel by itself, without a web
/// host: so few paths need no routing, and no second pair of hands on signals and configuration.
/// </summary>
/// <param name="turn">In which it is asked.</param>
sealed class HttpMonitor(Port port, IServed run, GodotServerOptions server, QueryTurn turn) : IHttpApplication<HttpContext>,
    IAsyncDisposable
{
    // A query of the greatest length, escaped, each of its characters with nine; and the other parameters.
    const int LongestLine = (9 * Query.Longest) + 16_384;

    readonly ILoggerFactory loggers = server.Engine.LoggerFactory;
    readonly IndexPage index = new(run.Engine, turn);
    readonly EventsPage events = new(run.Subscribers, server, turn);
    readonly ApiPage api = new(run, server);
    readonly HttpAddressee addressee = new(server.HttpNames);
    Port port = port;
    HttpDoor? door;
    KestrelServer? kestrel;
    long strangers, foreign;

    public IPEndPoint EndPoint => port.EndPoint;

    public Allow Allow => port.Allow;

    /// <summary>Connections that are open; closed because there were too many.</summary>
    public int Open => door?.Open ?? 0;
    public long TooMany => door?.Refused ?? 0;

    /// <summary>Requests of peers that may not ask; for another name, or of another site's page.</summary>
    public long Strangers => Volatile.Read(ref strangers);
    public long Foreign => Volatile.Read(ref foreign);

    /// <param name="most">How many connections there may be.</param>
    /// <param name="giveUp">Ends the start.</param>
    public async Task StartAsync(int most, CancellationToken giveUp)
    {
        Socket[] sockets = port.Bind(SocketType.Stream, ProtocolType.Tcp);
        port = port with { Number = ((IPEndPoint)sockets[0].LocalEndPoint!).Port };
        door = new HttpDoor(port, sockets, most, server);
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestLineSize = LongestLine;
        options.Limits.MaxRequestBodySize = ApiRequest.MostBytes;
        foreach (Socket socket in sockets)
            options.Listen((IPEndPoint)socket.LocalEndPoint!,
                listen => listen.Use(next => connection => HttpDoor.ServeAsync(next, connection)));
        kestrel = new KestrelServer(Options.Create(options), door, loggers);
        await kestrel.StartAsync(this, giveUp).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (kestrel is null || door is null) return;
        run.Subscribers.End();
        // A scrape that is under way may end; one that hangs may not hold up the exit.
        using CancellationTokenSource atOnce = new(TimeSpan.FromMilliseconds(100));
        await kestrel.StopAsync(atOnce.Token).ConfigureAwait(false);
        kestrel.Dispose();
        door.Dispose();
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        if (door!.Refusal(context.Connection.RemoteIpAddress) is { } told)
        {
            Interlocked.Increment(ref strangers);
            context.Response.Headers.Connection = "close";
            return RefuseAsync(context, 403, told);
        }
        if (addressee.Refusal(context.Request) is { } refusal)
        {
            Interlocked.Increment(ref foreign);
            return RefuseAsync(context, refusal.Status, refusal.Why);
        }
        string path = context.Request.Path.Value ?? "";
        if (ApiPage.Has(context)) return api.AnswerAsync(context);
        bool get = HttpMethods.IsGet(context.Request.Method);
        // A stream has no end, and so no head that could be had alone.
        if (!get && (path == "/events" || !HttpMethods.IsHead(context.Request.Method)))
            return context.TextAsync(405, path == "/events" ? "only GET\n" : "only GET and HEAD\n");
        return path switch
        {
            "/index" => index.AnswerAsync(context),
            "/events" => events.FollowAsync(context),
            "/healthz" => run.Healthy ? context.TextAsync(200, run.Health) : context.TextAsync(503, "a reactor hangs\n"),
            "/readyz" => run.Ready ? context.TextAsync(200, "ok\n") : context.TextAsync(503, "not all inputs listen\n"),
            "/metrics" => context.TextAsync(200, MetricsText.Of(run)),
            _ => context.TextAsync(404, "/healthz, /readyz, /metrics, /index, /events and /api/v1/ are here\n"),
        };
    }

    static Task RefuseAsync(HttpContext context, int status, string why) => ApiPage.Has(context)
        ? ApiPage.RefuseAsync(context, new ApiProblemException(status, why))
        : context.TextAsync(status, why + "\n");

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
