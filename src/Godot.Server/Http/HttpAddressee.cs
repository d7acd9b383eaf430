using System.Net;
using Microsoft.AspNetCore.Http;

namespace Godot;

/// <summary>
/// Whether a request means this server. A web page may have its reader's browser ask any address, and may give any address a name of its
/// own (DNS rebinding): then it is the page's own server for the browser, and it may read the answers. The name that was asked for, and the
/// page that asks, tell.
/// </summary>
sealed class HttpAddressee(IReadOnlyList<string> names)
{
    /// <summary>Why it is not answered, and the status that says so; null if it is.</summary>
    public (int Status, string Why)? Refusal(HttpRequest request)
    {
        string host = request.Host.Host;
        // Without a name it is not a browser: HTTP/1.0.
        if (host.Length > 0 && !IsOurs(host))
            return (421,
                $"This server is not called {host}. If it is, start it with --http-name {host}, or write HttpNames = [\"{host}\"] in its "
                    + $"GodotServerOptions.");
        string origin = request.Headers.Origin.ToString();
        bool foreign = origin.Length > 0
            ? !Uri.TryCreate(origin, UriKind.Absolute, out Uri? page)
            || !page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Headers["Sec-Fetch-Mode"] != "navigate";
        return foreign ? (403, "Pages of other sites may not ask here.") : null;
    }

    bool IsOurs(string host)
    {
        host = host.TrimEnd('.');
        return IPAddress.TryParse(host, out _)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || names.Contains(host, StringComparer.OrdinalIgnoreCase);
    }
}
