using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Godot;

/// <summary>Asks a server's API as any program would, and knows nothing of ours but the paths.</summary>
sealed class ApiClient(GodotServer server) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };

    public Task<(HttpStatusCode Status, JsonNode Answer)> Get(string path) => Ask(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<(HttpStatusCode Status, JsonNode Answer)> Post(string path, string body, string? key = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return Ask(request);
    }

    public Task<(HttpStatusCode Status, JsonNode Answer)> Delete(string path) => Ask(new HttpRequestMessage(HttpMethod.Delete, path));

    /// <summary>What is not a success is checked to be a problem in the form that all of them have.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Answer)> Ask(HttpRequestMessage request)
    {
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.NoContent) return (answer.StatusCode, new JsonObject());
        JsonNode json = JsonNode.Parse(text)!;
        Assert.Equal(answer.IsSuccessStatusCode ? "application/json" : "application/problem+json",
            answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        if (!answer.IsSuccessStatusCode)
        {
            Assert.Equal((int)answer.StatusCode, (int)json["status"]!);
            Assert.NotEmpty((string)json["detail"]!);
        }
        return (answer.StatusCode, json);
    }

    public void Dispose() => http.Dispose();
}
