using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Godot;

/// <summary>
/// <c>/index?query=…</c>: what an index has that matches, as JSON lines, by service and then by host. <c>name=…</c> says which index, <c>limit=…</c> how many at most (10,000); how many
/// match in all is in the header <c>Godot-Matches</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that must be freed.")]
sealed class IndexPage(Engine engine)
{
    const int UsualLimit = 10_000, FlushedAt = 64 * 1024;

    // One search at a time: they would only wait for each other's lanes.
    readonly SemaphoreSlim turn = new(1);

    public async Task AnswerAsync(HttpContext context)
    {
        if (await context.QueryAsync().ConfigureAwait(false) is not { } query) return;
        string limitText = context.Request.Query["limit"].ToString();
        int limit = UsualLimit;
        if (limitText.Length > 0 && !int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
        {
            await context.TextAsync(400, "A limit is a whole number, such as limit=100.\n").ConfigureAwait(false);
            return;
        }
        string name = context.Request.Query["name"].ToString() is { Length: > 0 } given ? given : IndexStage.UsualName;
        try
        {
            SearchResult found = await SearchAsync(query, name, limit, context.RequestAborted).ConfigureAwait(false);
            await SendAsync(found, context).ConfigureAwait(false);
        }
        catch (NoSuchIndexException e)
        {
            await context.TextAsync(404, $"{e.Message}\n").ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            await context.TextAsync(503, $"{e.Message}\n").ConfigureAwait(false);
        }
    }

    async Task<SearchResult> SearchAsync(Query query, string name, int limit, CancellationToken aborted)
    {
        await turn.WaitAsync(aborted).ConfigureAwait(false);
        try
        {
            return engine.Search(query, name, limit);
        }
        finally
        {
            turn.Release();
        }
    }

    static async Task SendAsync(SearchResult found, HttpContext context)
    {
        context.Response.ContentType = StreamFormat.JsonLines.ContentType;
        context.Response.Headers["Godot-Matches"] = found.Matches.ToString(CultureInfo.InvariantCulture);
        PipeWriter body = context.Response.BodyWriter;
        ArrayBufferWriter<byte> json = new();
        foreach (Event e in found.Events)
        {
            StreamFormat.JsonLines.Write(e, json, body);
            if (body.UnflushedBytes >= FlushedAt) await body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }
}
