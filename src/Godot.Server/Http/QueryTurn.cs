using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Godot;

/// <summary>
/// Reads strangers' queries, and has the index searched for them, one at a time: whatever they ask keeps one processor busy, and no query
/// is read whose client has gone while it waited.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that must be freed.")]
sealed class QueryTurn
{
    readonly SemaphoreSlim turn = new(1);

    /// <summary>Reads the request's query, that for everything where there is none, and asks with it.</summary>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="QueryFormatException">It is none.</exception>
    public async Task<T> AskAsync<T>(HttpContext context, Func<Query, T> ask, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return ask(Query.Parse(context.Request.Query["query"].ToString() is { Length: > 0 } given ? given : "true"));
        }
        finally
        {
            turn.Release();
        }
    }
}
