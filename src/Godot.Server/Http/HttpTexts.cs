using Microsoft.AspNetCore.Http;

namespace Godot;

/// <summary>What the pages have in common.</summary>
static class HttpTexts
{
    /// <summary>Answers with a text.</summary>
    public static Task TextAsync(this HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Answers that the query is none, and where.</summary>
    public static Task MistakeAsync(this HttpContext context, QueryFormatException mistake) =>
        context.TextAsync(400, $"{mistake.Message}\n{mistake.Marked}\n");

    /// <summary>False: it took longer. Who has gone is told nothing.</summary>
    public static async Task<bool> WithinAsync(this HttpContext context, TimeSpan time, TimeProvider clock,
        Func<CancellationToken, Task> act)
    {
        using CancellationTokenSource late = new(time, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            await act(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return false;
        }
    }
}
