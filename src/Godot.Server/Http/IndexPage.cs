using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipelines;
using Godot.Runtime;
using Microsoft.AspNetCore.Http;

namespace Godot;

/// <summary>
/// <c>/index?query=…</c>: what an index has that matches, as JSON lines, by service and then by host. <c>name=…</c> says which index,
/// <c>limit=…</c> how many at most (10,000); how many match in all is in the header <c>Godot-Matches</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that must be freed.")]
sealed class IndexPage(Engine engine, QueryTurn turn)
{
    /// <summary>What one answer may hold, however many were asked for.</summary>
    public const int MostEvents = 100_000, MostBytes = 32 * 1024 * 1024;

    /// <summary>
    /// So many answers are there at once, being searched for or read; who asks meanwhile waits for at most <see cref="Patience"/>.
    /// </summary>
    public const int MostAnswers = 4;

    const int UsualLimit = 10_000, FlushedAt = 64 * 1024;

    /// <summary>
    /// By the engine's clock: how long one who asks waits for a place, and how long an answer may take to be read, before its connection is
    /// cut.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Reading = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim places = new(MostAnswers);

    public async Task AnswerAsync(HttpContext context)
    {
        string limitText = context.Request.Query["limit"].ToString();
        int limit = UsualLimit;
        if (limitText.Length > 0 && !int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
        {
            await context.TextAsync(400, "A limit is a whole number, such as limit=100.\n").ConfigureAwait(false);
            return;
        }
        string name = context.Request.Query["name"].ToString() is { Length: > 0 } given ? given : IndexStage.UsualName;
        if (!await context.WithinAsync(Patience, engine.TimeProvider, token => places.WaitAsync(token)).ConfigureAwait(false))
        {
            string sentence = $"{MostAnswers} others are being answered, as many as may be at once; ask again, and for less.\n";
            await context.TextAsync(503, sentence).ConfigureAwait(false);
            return;
        }
        try
        {
            SearchLimits limits = new(Math.Min(limit, MostEvents), MostBytes);
            CancellationToken gone = context.RequestAborted;
            SearchResult found = await turn.AskAsync(context, query => engine.SearchWithin(query, name, limits, gone), gone)
                .ConfigureAwait(false);
            // Whoever reads it slowly keeps it in memory, and a place from others.
            if (!await context.WithinAsync(Reading, engine.TimeProvider, token => SendAsync(found, context, token)).ConfigureAwait(false))
                context.Abort();
        }
        catch (QueryFormatException e)
        {
            await context.MistakeAsync(e).ConfigureAwait(false);
        }
        catch (NoSuchIndexException e)
        {
            await context.TextAsync(404, $"{e.Message}\n").ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            await context.TextAsync(503, $"{e.Message}\n").ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    static async Task SendAsync(SearchResult found, HttpContext context, CancellationToken stop)
    {
        context.Response.ContentType = StreamFormat.JsonLines.ContentType;
        context.Response.Headers["Godot-Matches"] = found.Matches.ToString(CultureInfo.InvariantCulture);
        PipeWriter body = context.Response.BodyWriter;
        ArrayBufferWriter<byte> json = new();
        foreach (Event e in found.Events)
        {
            StreamFormat.JsonLines.Write(e, json, body);
            if (body.UnflushedBytes >= FlushedAt) await body.FlushAsync(stop).ConfigureAwait(false);
        }
        await body.FlushAsync(stop).ConfigureAwait(false);
    }
}
