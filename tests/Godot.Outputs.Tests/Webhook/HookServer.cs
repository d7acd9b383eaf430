using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Godot.Outputs.Tests;

/// <summary>What somebody posted.</summary>
sealed record Posted(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A web server on loopback that keeps what is posted, and answers as the test says: 204 unless told otherwise.</summary>
sealed class HookServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Channel<Posted> posted = Channel.CreateUnbounded<Posted>();

    HookServer(TestCertificate? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate.Load());
        }));
        app = builder.Build();
        app.Run(ServeAsync);
        Scheme = certificate is null ? "http" : "https";
    }

    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public string Scheme { get; }

    public int Port { get; private set; }

    public string Url => $"{Scheme}://localhost:{Port}/hook";

    /// <summary>Cancelled when the server ends, so that nobody who answers for ever holds that up.</summary>
    public CancellationTokenSource Ended { get; } = new();

    public static async Task<HookServer> StartAsync(TestCertificate? certificate = null)
    {
        HookServer server = new(certificate);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Port = new Uri(server.app.Urls.Single()).Port;
        return server;
    }

    /// <summary>How many requests nobody has looked at.</summary>
    public int Unread => posted.Reader.Count;

    /// <summary>The next request.</summary>
    public async Task<Posted> NextAsync() =>
        await posted.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Has it answer with a status, and what the test does besides.</summary>
    public void Says(int status, string body = "", Action<IHeaderDictionary>? head = null) => Answer = context =>
    {
        context.Response.StatusCode = status;
        head?.Invoke(context.Response.Headers);
        return context.Response.WriteAsync(body, Ended.Token);
    };

    async Task ServeAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        posted.Writer.TryWrite(new(context.Request.Method, $"{context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body));
        await Answer(context);
    }

    public async ValueTask DisposeAsync()
    {
        await Ended.CancelAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        Ended.Dispose();
    }
}
