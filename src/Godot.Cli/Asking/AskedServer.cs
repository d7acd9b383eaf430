using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Godot.Common;

namespace Godot;

/// <summary>A server that is asked over HTTP; what it cannot answer becomes a sentence.</summary>
sealed class AskedServer(HttpAddress address) : IDisposable
{
    // A stream says nothing for fifteen seconds at most, a search takes a few.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = false })
    {
        BaseAddress = address.Root,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The answer's head; its lines are read with <see cref="LinesAsync"/>.</summary>
    /// <param name="parameters">What has no value is left out.</param>
    /// <exception cref="CommandFailedException">There is none, or the server refuses.</exception>
    public Task<HttpResponseMessage> GetAsync(string page, CancellationToken stop, params (string Name, string? Value)[] parameters) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, PathOf(page, parameters)), stop);

    /// <summary>What the server's API answers, as it came.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<string> AskAsync(string path, CancellationToken stop, params (string Name, string? Value)[] parameters)
    {
        using HttpResponseMessage answer = await GetAsync($"api/v1/{path}", stop, parameters);
        return await ReadAsync(answer, stop);
    }

    /// <summary>
    /// Tells the server's API something, and returns what it answers. Where the answer is lost it is told again, as the same command.
    /// </summary>
    /// <exception cref="CommandFailedException">There is no answer, or the server refuses.</exception>
    public async Task<string> TellAsync<T>(HttpMethod method, string path, T? body, JsonTypeInfo<T>? type, CancellationToken stop)
    {
        string key = Guid.CreateVersion7().ToString("N");
        HttpRequestMessage Request()
        {
            HttpRequestMessage request = new(method, $"api/v1/{path}");
            request.Headers.Add("Idempotency-Key", key);
            if (type is not null) request.Content = JsonContent.Create(body!, type);
            return request;
        }

        HttpResponseMessage answer;
        try
        {
            answer = await SendAsync(Request, stop);
        }
        catch (CommandFailedException e)
            when (e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded })
        {
            answer = await SendAsync(Request, stop);
        }
        using (answer) return await ReadAsync(answer, stop);
    }

    /// <summary>Has the server's API end something, as <see cref="TellAsync"/> does.</summary>
    public Task DeleteAsync(string path, string by, CancellationToken stop) =>
        TellAsync<object>(HttpMethod.Delete, PathOf(path, [("by", by)]), null, null, stop);

    static string PathOf(string page, (string Name, string? Value)[] parameters) => $"{page}?" + string.Join('&',
        parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));

    Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken stop) =>
        WithinPatienceAsync(token => answer.Content.ReadAsStringAsync(token), stop);

    async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken stop)
    {
        HttpResponseMessage answer =
            await WithinPatienceAsync(token => http.SendAsync(request(), HttpCompletionOption.ResponseHeadersRead, token), stop);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            string text = await ReadAsync(answer, stop);
            if (answer.Content.Headers.ContentType?.MediaType == ApiProblem.ContentType) text = DetailOf(text);
            string sentence = PlainText.Lines(text.TrimEnd());
            // Another program, or a proxy on the way, may say nothing else.
            if (sentence.Length == 0)
                sentence = $"{address.Root} answers {(int)answer.StatusCode} {PlainText.Line(answer.ReasonPhrase ?? "")}".TrimEnd() + ".";
            throw answer.StatusCode == HttpStatusCode.BadRequest ? new UsageException(sentence) : new CommandFailedException(sentence);
        }
    }

    static string DetailOf(string problem)
    {
        try
        {
            return JsonSerializer.Deserialize(problem, ApiJson.OfServers.ApiProblem)?.Detail ?? "";
        }
        catch (JsonException)
        {
            return problem;
        }
    }

    /// <summary>The lines of an answer, each as soon as it is there, without those that are empty.</summary>
    public async IAsyncEnumerable<string> LinesAsync(HttpResponseMessage answer,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using StreamReader lines = new(await answer.Content.ReadAsStreamAsync(stop));
        while (await WithinPatienceAsync(token => lines.ReadLineAsync(token).AsTask(), stop) is { } line)
            if (line.Length > 0) yield return line;
    }

    public void Dispose() => http.Dispose();

    async Task<T> WithinPatienceAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stop)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            return await ask(late.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CommandFailedException($"Nothing was heard from {address.Root} for {Patience.TotalSeconds} seconds.", e);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException(
                $"{address.Root} could not be reached: {e.GetBaseException().Message}. Does a server run there, with --http {address}?", e);
        }
        catch (IOException e)
        {
            throw new CommandFailedException($"The connection to {address.Root} broke: the server is gone.", e);
        }
    }
}
