using System.Net;

namespace Godot;

/// <summary>Web pages that would read what a server knows, by a name of their own for this machine.</summary>
public class HttpAddresseeTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", null, 200)]
    [InlineData("[::1]", null, 200)]
    [InlineData("192.0.2.7", null, 200)]
    [InlineData("localhost", null, 200)]
    [InlineData("LOCALHOST", null, 200)]
    [InlineData("godot.localhost", null, 200)]
    [InlineData("monitor.example", null, 200)]
    [InlineData("Monitor.Example", null, 200)]
    [InlineData("evil.example", null, 421)]
    [InlineData("localhost.evil.example", null, 421)]
    [InlineData("127.0.0.1.evil.example", null, 421)]
    [InlineData("127.0.0.1", "http://127.0.0.1:PORT", 200)]
    [InlineData("127.0.0.1", "http://127.0.0.1", 403)]
    [InlineData("127.0.0.1", "https://evil.example", 403)]
    [InlineData("127.0.0.1", "null", 403)]
    [InlineData("evil.example", "http://evil.example:PORT", 421)]
    public async Task Only_its_own_names_and_its_own_pages_are_answered(string host, string? origin, int status)
    {
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").With(new() { HttpNames = ["monitor.example"] }).React(Reactor.Index());
        await server.StartAsync(Stop);
        using HttpClient http = new();
        string port = $"{server.HttpEndPoint!.Port}";

        foreach (string path in (string[])["/index", "/metrics", "/healthz"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
            request.Headers.Host = $"{host}:{port}";
            if (origin is not null) request.Headers.Add("Origin", origin.Replace("PORT", port, StringComparison.Ordinal));
            using HttpResponseMessage answer = await http.SendAsync(request, Stop);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            if (status == 421)
                Assert.Contains($"start it with --http-name {host}", await answer.Content.ReadAsStringAsync(Stop),
                    StringComparison.Ordinal);
        }
        Assert.Equal(status == 200 ? 0 : 3, server.Run!.Http!.Foreign);
    }

    [Theory]
    [InlineData("cross-site", "no-cors", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "navigate", HttpStatusCode.OK)]
    [InlineData("same-origin", "cors", HttpStatusCode.OK)]
    [InlineData("none", "navigate", HttpStatusCode.OK)]
    public async Task A_picture_of_another_site_is_no_visit(string site, string mode, HttpStatusCode status)
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0");
        await server.StartAsync(Stop);
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://{server.HttpEndPoint}/metrics");
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-Mode", mode);

        using HttpResponseMessage answer = await http.SendAsync(request, Stop);

        Assert.Equal(status, answer.StatusCode);
    }
}
