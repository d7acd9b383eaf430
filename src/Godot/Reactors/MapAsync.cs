using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes what an asynchronous function makes of each event, and drops the event if that is null:
    /// <c>Map(async (e, stop) => e with { Description = await runbooks.FindAsync(e.Service, stop) })</c>. Scope: all; its limits are for
    /// all events together.
    /// </summary>
    /// <remarks>
    /// <para>Up to 16 calls are under way at once; results pass in the order of the events. Further events wait, up to 1,000; what comes
    /// beyond that is lost in this reactor, counted and logged. So is an event whose call throws, or takes longer than 10 seconds; a call
    /// that does not heed its token then goes on unattended. <see cref="AsyncOptions"/> changes all of it.</para>
    /// <para>When the server stops, or the reactor is removed, calls under way are waited for, events that wait for their turn are lost and
    /// counted. When state is saved, all of these are saved, and the function is asked again where it is loaded. What waits is never
    /// forgotten. In tests and in replay each call is waited for on the spot, so that what comes out does not depend on how long it took.
    /// The function's first part, up to where it waits, must not block: it holds up other events. Memory: the events that are under way or
    /// wait. No timer but a call's timeout.</para>
    /// </remarks>
    /// <param name="map">Called from several threads at once; the token says that nobody waits for the result any more.</param>
    /// <param name="options">How it is called. Default: as said above.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Reactor Map(Func<Event, CancellationToken, Task<Event?>> map, AsyncOptions? options = null,
        [CallerArgumentExpression(nameof(map))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(map);
        AsyncOptions kept = (options ?? new AsyncOptions()).Check();
        return Add($"Map({text}{(options is null ? "" : $", {options}")})", Scope.All, () => new MapAsyncStage(map, kept), opaque: true);
    }
}

sealed class MapAsyncStage(Func<Event, CancellationToken, Task<Event?>> map, AsyncOptions options) : AsyncStage<Event?>(map, options)
{
    protected override void Answered(Event e, Event? answer)
    {
        if (answer is not null) Send(answer);
    }
}
