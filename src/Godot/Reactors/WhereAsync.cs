using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events for which an asynchronous function says true, drops the others:
    /// <c>Where(async (e, stop) => !await maintenance.IsOnAsync(e.Host, stop))</c>. Scope: all; its limits are for all events together.
    /// </summary>
    /// <remarks>
    /// Like the asynchronous <c>Map</c>: up to 16 calls are under way at once; events pass in their order. Further events wait, up to
    /// 1,000; what comes beyond that is lost in this reactor, counted and logged. So is an event whose call throws, or takes longer than 10
    /// seconds; <see cref="AsyncOptions"/> changes all of it. When the server stops, calls under way are waited for, events that wait for
    /// their turn are lost and counted; when state is saved, all of these are saved. What waits is never forgotten. In tests and in replay
    /// each call is waited for on the spot. Memory: the events that are under way or wait. No timer but a call's timeout.
    /// </remarks>
    /// <param name="test">Called from several threads at once; the token says that nobody waits for the result any more.</param>
    /// <param name="options">How it is called. Default: as said above.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Reactor Where(Func<Event, CancellationToken, Task<bool>> test, AsyncOptions? options = null,
        [CallerArgumentExpression(nameof(test))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        AsyncOptions kept = (options ?? new AsyncOptions()).Check();
        return Add($"Where({text}{(options is null ? "" : $", {options}")})", Scope.All, () => new WhereAsyncStage(test, kept));
    }
}

sealed class WhereAsyncStage(Func<Event, CancellationToken, Task<bool>> test, AsyncOptions options) : AsyncStage<bool>(test, options)
{
    protected override void Answered(Event e, bool answer)
    {
        if (answer) Send(e);
    }
}
