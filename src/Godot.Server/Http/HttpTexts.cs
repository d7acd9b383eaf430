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

    /// <summary>The request's query, or, where there is none, that for everything; null if it is none, and that was answered.</summary>
    public static async Task<Query?> QueryAsync(this HttpContext context)
    {
        try
        {
            return Query.Parse(context.Request.Query["query"].ToString() is { Length: > 0 } given ? given : "true");
        }
        catch (QueryFormatException e)
        {
            await context.TextAsync(400, $"{e.Message}\n{e.Marked}\n").ConfigureAwait(false);
            return null;
        }
    }
}
