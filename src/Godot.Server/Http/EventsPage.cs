using Godot.Recipes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Godot;

/// <summary>
/// <c>/events?query=…</c>: the events that match, from now on, each as soon as it has come; with <c>topic=…</c> those that reactors publish
/// on it. JSON lines, or, where the client accepts <c>text/event-stream</c>, server-sent events.
/// </summary>
sealed class EventsPage(Subscribers subscribers, GodotServerOptions options, QueryTurn turn)
{
    // Well below the minute after which proxies give up.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public async Task FollowAsync(HttpContext context)
    {
        if (await QueryAsync(context).ConfigureAwait(false) is not (Query quick, var others)) return;
        string topic = context.Request.Query["topic"].ToString();
        bool all = string.IsNullOrWhiteSpace(topic);
        Reactor source = all ? Reactor.Empty : Reactor.Subscribe(topic);
        StreamFormat format = context.Request.Headers.Accept.ToString()
            .Contains(StreamFormat.ServerSentEvents.ContentType, StringComparison.OrdinalIgnoreCase)
            ? StreamFormat.ServerSentEvents
            : StreamFormat.JsonLines;
        if (subscribers.TryAdd(source.Where(quick), others, format, all ? quick : null) is not { } subscriber)
        {
            await context.TextAsync(503,
                $"The server stops, or {options.MaxSubscribers} follow the events already, as many as may "
                    + $"(GodotServerOptions.MaxSubscribers).\n").ConfigureAwait(false);
            return;
        }
        try
        {
            await SendAsync(subscriber, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: that is how it says that it has seen enough.
        }
        finally
        {
            subscribers.Remove(subscriber);
            await subscriber.Lines.CompleteAsync().ConfigureAwait(false);
        }
    }

    // Null: there is none, and that was answered.
    async Task<(Query Quick, Filter? Others)?> QueryAsync(HttpContext context)
    {
        (Query Quick, Filter? Others)? query = null;
        try
        {
            if (!await context.WithinAsync(IndexPage.Patience, options.Engine.TimeProvider, ReadAsync).ConfigureAwait(false))
                await context.TextAsync(503, "Others asked before, and are still being answered; ask again.\n").ConfigureAwait(false);
        }
        catch (QueryFormatException e)
        {
            await context.MistakeAsync(e).ConfigureAwait(false);
        }
        return query;

        async Task ReadAsync(CancellationToken stop) =>
            query = await turn.AskAsync(context, asked => asked.Divided(), stop).ConfigureAwait(false);
    }

    async Task SendAsync(Subscriber subscriber, HttpContext context)
    {
        // A slow reader loses events and is told so; it does not lose its connection.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        context.Response.ContentType = subscriber.Format.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // From here on it knows that it misses nothing.
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        ITimer beat = options.Engine.TimeProvider.CreateTimer(static state => ((Subscriber)state!).Beat(), subscriber, Silence, Silence);
        await using (beat.ConfigureAwait(false))
            await subscriber.Lines.CopyToAsync(context.Response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
    }
}
