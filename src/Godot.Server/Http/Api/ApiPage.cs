using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Godot.Alerting;
using Godot.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Godot;

/// <summary>
/// <c>/api/v1/</c>: incidents, silences, the ledger, why, channels, as JSON; docs/api.md. Whoever may ask may read. Only programs of this
/// machine may change anything, and they say who does it. What was changed is kept before it is answered.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that must be freed.")]
sealed class ApiPage(IServed run, GodotServerOptions options)
{
    public const string Prefix = "/api/v1/";

    const int UsualLimit = 1000, MostAtOnce = 10_000;

    // Headers of proxies: one on this machine makes others look as if they were here.
    static readonly string[] PassedOn = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // It holds lanes, each for a moment: one who asks does so at a time.
    readonly SemaphoreSlim whyTurn = new(1);

    readonly Engine engine = run.Engine;

    public static bool Has(HttpContext context) => context.Request.Path.StartsWithSegments(Prefix.TrimEnd('/'));

    public async Task AnswerAsync(HttpContext context)
    {
        ApiProblemException problem;
        try
        {
            await RouteAsync(context, new ApiRequest(context, engine.TimeProvider)).ConfigureAwait(false);
            return;
        }
        catch (ApiProblemException e)
        {
            problem = e;
        }
        catch (BadHttpRequestException e)
        {
            problem = new ApiProblemException(e.StatusCode, e.Message);
        }
        catch (StoreException e)
        {
            problem = new ApiProblemException(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
            return;
        }
        await RefuseAsync(context, problem).ConfigureAwait(false);
    }

    public static Task RefuseAsync(HttpContext context, ApiProblemException why)
    {
        context.Response.StatusCode = why.Problem.Status;
        context.Response.ContentType = ApiProblem.ContentType;
        return SendAsync(context, why.Problem, ApiJson.Ours.ApiProblem);
    }

    Task RouteAsync(HttpContext context, ApiRequest request)
    {
        string[] path = PathOf(context);
        string method = context.Request.Method;
        return (HttpMethods.IsHead(method) ? HttpMethods.Get : method, path) switch
        {
            ("GET", ["incidents"]) => Incidents(context, request),
            ("GET", ["incidents", var id]) => Story(context, request, id),
            ("POST", ["incidents", var which, "acknowledge"]) => AcknowledgeAsync(context, request, which),
            ("POST", ["incidents", var which, "resolve"]) => ResolveAsync(context, request, which),
            ("GET", ["silences"]) => Silences(context, request),
            ("POST", ["silences"]) => SilenceAsync(context, request),
            ("DELETE", ["silences", var id]) => EndSilence(context, request, id),
            ("GET", ["ledger"]) => Ledger(context, request),
            ("GET", ["why"]) => WhyAsync(context, request),
            ("GET", ["channels"]) => Channels(context, request),
            ("GET", ["outbox"]) => Outbox(context, request),
            ("POST", ["outbox", var id, "retry"]) => RetryAsync(context, request, id),
            ("DELETE", ["outbox", var id]) => Drop(context, request, id),
            ("POST", ["channels", var name, "test"]) => TestAsync(context, request, name),
            _ => throw NothingHere(context, path),
        };
    }

    Task Incidents(HttpContext context, ApiRequest request)
    {
        request.Knows("limit");
        IReadOnlyList<Incident> open = engine.Incidents;
        return OkAsync(context, new ApiIncidents(open.Count,
            [.. open.Take(request.Limit(UsualLimit, MostAtOnce)).Select(one => ApiIncident.Of(one))]), ApiJson.Ours.ApiIncidents);
    }

    Task Story(HttpContext context, ApiRequest request, string id)
    {
        request.Knows();
        IReadOnlyList<LedgerLine> ledger = engine.Ledger(new LedgerQuery { Incident = id });
        if (engine.Alerts.Desk.Why(one => one.Id == id) is [var open])
            return OkAsync(context, ApiStory.Of(open with { Ledger = ledger }), ApiJson.Ours.ApiStory);
        if (ledger.Count == 0)
            throw ApiProblemException.NotFound("There is no incident of this id, and no line of the ledger speaks of one.");
        return OkAsync(context, new ApiStory(id, false, [.. ledger.Select(ApiLedgerLine.Of)]), ApiJson.Ours.ApiStory);
    }

    async Task AcknowledgeAsync(HttpContext context, ApiRequest request, string which)
    {
        MayChange(context);
        request.Knows();
        ApiAcknowledge said = await request.BodyAsync(ApiJson.Ours.ApiAcknowledge).ConfigureAwait(false);
        DateTimeOffset now = engine.TimeProvider.GetUtcNow();
        await DoAsync(context, new Command(Command.Acknowledge, request.Key ?? engine.NewId(), ApiCommand.Who(said.By))
        {
            Which = which, Note = ApiCommand.Note(said.Note, "note"), Until = now + said.Time(now),
        }).ConfigureAwait(false);
    }

    async Task ResolveAsync(HttpContext context, ApiRequest request, string which)
    {
        MayChange(context);
        request.Knows();
        ApiResolve said = await request.BodyAsync(ApiJson.Ours.ApiResolve).ConfigureAwait(false);
        await DoAsync(context, new Command(Command.Resolve, request.Key ?? engine.NewId(), ApiCommand.Who(said.By)) { Which = which })
            .ConfigureAwait(false);
    }

    Task DoAsync(HttpContext context, Command command)
    {
        Done done = engine.CarryOut(command);
        if (done is { Incidents: null, IsRepeated: false })
            throw ApiProblemException.NotFound("No incident of this id is open, and none of a reactor of this name. GET "
                + $"{Prefix}incidents has those that are.");
        IReadOnlyList<Incident> meant = done.Incidents
            ?? [.. engine.Incidents.Where(one => one.Id == command.Which || one.Reactor == command.Which)];
        return OkAsync(context, new ApiDone([.. meant.Select(one => ApiIncident.Of(one))], done.IsRepeated), ApiJson.Ours.ApiDone);
    }

    Task Silences(HttpContext context, ApiRequest request)
    {
        request.Knows();
        return OkAsync(context,
            new ApiSilences([.. engine.Alerts.Desk.Hushing().Select(one => ApiSilence.Of(one.Silence, one.Hushed.Count))]),
            ApiJson.Ours.ApiSilences);
    }

    async Task SilenceAsync(HttpContext context, ApiRequest request)
    {
        MayChange(context);
        request.Knows("preview");
        bool isPreview = request.Flag("preview");
        ApiSilenceCommand said = await request.BodyAsync(ApiJson.Ours.ApiSilenceCommand).ConfigureAwait(false);
        Query query = Read(said.Query);
        DateTimeOffset now = engine.TimeProvider.GetUtcNow();
        Command command = new(Command.Silence, request.Key ?? engine.NewId(), ApiCommand.Who(said.By))
        {
            Query = query, Note = ApiCommand.Note(said.Reason, "reason"), Until = now + said.Time(now),
        };
        if (isPreview)
        {
            IReadOnlyList<Incident> would = engine.Alerts.Desk.HushedBy(query, context.RequestAborted);
            await OkAsync(context, Hushed(null, would, isRepeated: false), ApiJson.Ours.ApiHushed).ConfigureAwait(false);
            return;
        }
        Done done = engine.CarryOut(command);
        (Silence Silence, IReadOnlyList<Incident> Hushed) its =
            engine.Alerts.Desk.Hushing().FirstOrDefault(one => one.Silence.Id == command.Id);
        // One that was over at once.
        if (its.Silence is null && done.Incidents is { } hushed) its = (command.ToSilence(now), hushed);
        if (its.Silence is null)
            throw new ApiProblemException(StatusCodes.Status409Conflict, "A command of this Idempotency-Key came before, and no silence of "
                + "it is left: it has ended. Use a new key.");
        if (!done.IsRepeated) context.Response.StatusCode = StatusCodes.Status201Created;
        await OkAsync(context, Hushed(ApiSilence.Of(its.Silence, its.Hushed.Count), its.Hushed, done.IsRepeated), ApiJson.Ours.ApiHushed)
            .ConfigureAwait(false);
    }

    static ApiHushed Hushed(ApiSilence? silence, IReadOnlyList<Incident> hushed, bool isRepeated) =>
        new(hushed.Count, [.. hushed.Take(UsualLimit).Select(one => ApiIncident.Of(one))], isRepeated, silence);

    Task EndSilence(HttpContext context, ApiRequest request, string id)
    {
        MayChange(context);
        request.Knows("by");
        Done done = engine.CarryOut(new Command(Command.EndSilence, request.Key ?? engine.NewId(), ApiCommand.Who(request.Parameter("by")))
        {
            Which = id,
        });
        if (done is { Incidents: null, IsRepeated: false })
            throw ApiProblemException.NotFound($"There is no silence of this id: it has ended, or never was. GET {Prefix}silences has "
                + "those that hold.");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    Task Ledger(HttpContext context, ApiRequest request)
    {
        request.Knows("incident", "reactor", "name", "channel", "what", "since", "until", "limit");
        IReadOnlyList<LedgerLine> lines = engine.Ledger(new LedgerQuery
        {
            Incident = request.Parameter("incident"),
            Reactor = request.Parameter("reactor"),
            Name = request.Parameter("name"),
            Channel = request.Parameter("channel"),
            What = request.Parameter("what"),
            Since = request.Time("since"),
            Until = request.Time("until"),
            Limit = request.Limit(UsualLimit, MostAtOnce),
        });
        return OkAsync(context, new ApiLedger([.. lines.Select(ApiLedgerLine.Of)]), ApiJson.Ours.ApiLedger);
    }

    async Task WhyAsync(HttpContext context, ApiRequest request)
    {
        request.Knows("host", "service");
        Explanation? why = null;
        bool inTime = await context.WithinAsync(Patience, engine.TimeProvider, async stop =>
        {
            await whyTurn.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                why = engine.Why(request.Parameter("host"), request.Parameter("service"));
            }
            catch (TimeoutException e)
            {
                throw new ApiProblemException(StatusCodes.Status503ServiceUnavailable, e.Message);
            }
            finally
            {
                whyTurn.Release();
            }
        }).ConfigureAwait(false);
        if (!inTime)
            throw new ApiProblemException(StatusCodes.Status503ServiceUnavailable, "Others asked before, and are still being answered; "
                + "ask again.");
        await OkAsync(context, ApiWhy.Of(why!), ApiJson.Ours.ApiWhy).ConfigureAwait(false);
    }

    Task Channels(HttpContext context, ApiRequest request)
    {
        request.Knows();
        Dictionary<string, IReadOnlyList<string>> telling = engine.Alerts.Desk.ChannelsInUse()
            .ToDictionary(one => one.Channel, one => one.Reactors);
        return OkAsync(context,
            new ApiChannels([.. engine.Channels.Select(one => ApiChannel.Of(one, telling.GetValueOrDefault(one.Name, [])))]),
            ApiJson.Ours.ApiChannels);
    }

    Task Outbox(HttpContext context, ApiRequest request)
    {
        request.Knows("limit");
        IReadOnlyList<OutboxMessage> all = engine.Outbox;
        return OkAsync(context, new ApiOutbox(all.Count, [.. all.Take(request.Limit(UsualLimit, MostAtOnce)).Select(ApiMessage.Of)]),
            ApiJson.Ours.ApiOutbox);
    }

    async Task RetryAsync(HttpContext context, ApiRequest request, string id)
    {
        MayChange(context);
        request.Knows();
        ApiRetry said = await request.BodyAsync(ApiJson.Ours.ApiRetry).ConfigureAwait(false);
        if (!engine.RetryOutbox(id, ApiCommand.Who(said.By))) throw NoMessage("or no reactor tells its channel any more");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    Task Drop(HttpContext context, ApiRequest request, string id)
    {
        MayChange(context);
        request.Knows("by");
        if (!engine.DropOutbox(id, ApiCommand.Who(request.Parameter("by")))) throw NoMessage("or it is being sent at this moment");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static ApiProblemException NoMessage(string otherwise) =>
        ApiProblemException.NotFound($"There is no message of this id in the outbox, {otherwise}. GET {Prefix}outbox has those that "
            + "there are.");

    // A message that goes out cannot be called back: nobody waits for less time because the client has gone.
    async Task TestAsync(HttpContext context, ApiRequest request, string name)
    {
        MayChange(context);
        request.Knows();
        ApiTest said = await request.BodyAsync(ApiJson.Ours.ApiTest).ConfigureAwait(false);
        string by = ApiCommand.Who(said.By);
        if (engine.Channels.FirstOrDefault(channel => channel.Name == name) is not { } one)
            throw ApiProblemException.NotFound($"There is no channel of this name. GET {Prefix}channels has those that there are.");
        if (!one.TellsPeople)
            throw ApiProblemException.BadRequest("This channel passes events on to programs, and nobody reads a test there: send an "
                + "event.");
        ChannelTest test = await engine.TestAsync(name, by, CancellationToken.None).ConfigureAwait(false);
        await OkAsync(context, new ApiTested(test.Channel, test.IsSent, test.Took.TotalSeconds, test.Failure), ApiJson.Ours.ApiTested)
            .ConfigureAwait(false);
    }

    static Query Read(string query)
    {
        try
        {
            return Query.Parse(query);
        }
        catch (QueryFormatException e)
        {
            throw ApiProblemException.BadRequest($"{e.Message}\n{e.Marked}");
        }
    }

    // Every program on this machine may; whoever is elsewhere may read at most, until there are keys.
    void MayChange(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } peer || !options.IsThisMachine(Allow.Plain(peer)))
            throw new ApiProblemException(StatusCodes.Status403Forbidden, "Only programs of the server's own machine may change anything: "
                + "ask there, with godot ack, or over ssh.");
        if (Array.Find(PassedOn, context.Request.Headers.ContainsKey) is { } header)
            throw new ApiProblemException(StatusCodes.Status403Forbidden, $"The request was passed on by a proxy (its header {header} "
                + "says so), and only programs of the server's own machine may change anything.");
        if (!run.Ready)
            throw new ApiProblemException(StatusCodes.Status503ServiceUnavailable, "The server starts or stops; ask again.");
    }

    // Each part as it was meant: a reactor's name may have a slash in it, which the path alone would not tell from ours.
    static string[] PathOf(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        if (!target.StartsWith(Prefix, StringComparison.Ordinal)) target = context.Request.Path.Value ?? "";
        return target.StartsWith(Prefix, StringComparison.Ordinal)
            ? [.. target[Prefix.Length..].Split('/').Select(Uri.UnescapeDataString)] : [];
    }

    static ApiProblemException NothingHere(HttpContext context, string[] path)
    {
        string? methods = path switch
        {
            ["incidents"] or ["incidents", _] or ["ledger"] or ["why"] or ["channels"] or ["outbox"] => "GET",
            ["incidents", _, "acknowledge" or "resolve"] or ["channels", _, "test"] or ["outbox", _, "retry"] => "POST",
            ["silences"] => "GET, POST",
            ["silences", _] or ["outbox", _] => "DELETE",
            _ => null,
        };
        if (methods is null)
            return ApiProblemException.NotFound($"There is nothing here. {Prefix} has incidents, incidents/ID, incidents/ID/acknowledge, "
                + "incidents/ID/resolve, silences, silences/ID, ledger, why, channels, channels/NAME/test, "
                + "outbox, outbox/ID and outbox/ID/retry.");
        context.Response.Headers.Allow = methods;
        return new ApiProblemException(StatusCodes.Status405MethodNotAllowed, $"Here is only {methods}.");
    }

    static Task OkAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        return SendAsync(context, answer, type);
    }

    // Nothing of it is for a browser's memory, or to be taken for a page.
    static Task SendAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, answer, type, context.RequestAborted);
    }
}
