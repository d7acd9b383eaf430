using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Godot;

/// <summary>What a request to the API says: its parameters, its body, its key; each read strictly and within bounds.</summary>
/// <param name="context">The request.</param>
/// <param name="clock">By which a body must have come in time.</param>
sealed class ApiRequest(HttpContext context, TimeProvider clock)
{
    /// <summary>What a body may hold.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>How long it may take to come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const int LongestKey = 200;

    /// <summary>
    /// Who sends a command again, because an answer was lost, gives both the same key: it is carried out once. Null: there is none.
    /// </summary>
    public string? Key => context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
        ? key.Length <= LongestKey ? key
            : throw ApiProblemException.BadRequest($"An Idempotency-Key has at most {LongestKey} characters.")
        : null;

    /// <summary>A parameter of the address; null: it is not there, or empty.</summary>
    public string? Parameter(string name) => context.Request.Query[name] switch
    {
        { Count: > 1 } => throw ApiProblemException.BadRequest($"{name} is given more than once."),
        var values => values.ToString() is { Length: > 0 } value ? value : null,
    };

    public DateTimeOffset? Time(string name) => Parameter(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw ApiProblemException.BadRequest($"{name} is not a time, such as 2026-01-01T00:00:00Z.");

    public int Limit(int usual, int most) => Parameter("limit") is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? Math.Min(limit, most)
        : throw ApiProblemException.BadRequest("A limit is a whole number, such as limit=100.");

    public bool Flag(string name) => Parameter(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw ApiProblemException.BadRequest($"{name} is true or false."),
    };

    /// <summary>A parameter that is misspelt must not be taken for one that is not there.</summary>
    public void Knows(params ReadOnlySpan<string> names)
    {
        foreach (string name in context.Request.Query.Keys)
            if (!names.Contains(name))
                throw ApiProblemException.BadRequest($"There is no parameter of this name here; there "
                    + (names.Length == 0 ? "are none." : $"are {string.Join(", ", names!)}."));
    }

    /// <summary>The body.</summary>
    public async Task<T> BodyAsync<T>(JsonTypeInfo<T> type)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? media)
            || !"application/json".Equals(media.MediaType, StringComparison.OrdinalIgnoreCase))
            throw new ApiProblemException(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with Content-Type: application/json.");
        if (context.Request.ContentLength > MostBytes) throw TooLong();
        byte[] body = await ReadAsync(context.Request.BodyReader).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null is not an object.");
        }
        catch (JsonException e)
        {
            // Names of our types say nothing to anybody else.
            string why = e.Message.Replace($"type '{typeof(T)}'", "this body", StringComparison.Ordinal)
                .Replace($"{typeof(T)}", "this body", StringComparison.Ordinal).Replace(".NET member", "member", StringComparison.Ordinal);
            throw ApiProblemException.BadRequest($"The body is not the JSON that is expected here: {why}");
        }
    }

    async Task<byte[]> ReadAsync(PipeReader body)
    {
        using CancellationTokenSource late = new(Patience, clock);
        using CancellationTokenRegistration end = late.Token.Register(body.CancelPendingRead);
        while (true)
        {
            ReadResult read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            byte[]? whole = read.IsCompleted ? read.Buffer.ToArray() : null;
            long length = read.Buffer.Length;
            body.AdvanceTo(whole is null ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (length > MostBytes) throw TooLong();
            if (whole is not null) return whole;
            if (!read.IsCanceled) continue;
            // Where the rest would come, the next request would be looked for.
            context.Response.Headers.Connection = "close";
            throw new ApiProblemException(StatusCodes.Status408RequestTimeout,
                $"The body did not come within {Patience.TotalSeconds} seconds.");
        }
    }

    ApiProblemException TooLong()
    {
        context.Response.Headers.Connection = "close";
        return new ApiProblemException(StatusCodes.Status413PayloadTooLarge, $"A body has at most {MostBytes} bytes.");
    }
}
