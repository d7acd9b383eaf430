using System.Net;
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
    public async Task<HttpResponseMessage> GetAsync(string page, CancellationToken stop, params (string Name, string? Value)[] parameters)
    {
        string query =
            string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        HttpResponseMessage answer =
            await WithinPatienceAsync(token => http.GetAsync($"{page}?{query}", HttpCompletionOption.ResponseHeadersRead, token), stop);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
        {
            string sentence = PlainText.Lines((await answer.Content.ReadAsStringAsync(stop)).TrimEnd());
            // Another program, or a proxy on the way, may say nothing else.
            if (sentence.Length == 0)
                sentence = $"{address.Root} answers {(int)answer.StatusCode} {PlainText.Line(answer.ReasonPhrase ?? "")}".TrimEnd() + ".";
            throw answer.StatusCode == HttpStatusCode.BadRequest ? new UsageException(sentence) : new CommandFailedException(sentence);
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
                $"{address.Root} could not be reached: {e.GetBaseException().Message}. Is the server started with --http {address}?", e);
        }
        catch (IOException e)
        {
            throw new CommandFailedException($"The connection to {address.Root} broke: the server is gone.", e);
        }
    }
}
