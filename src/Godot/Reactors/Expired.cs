using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes the events with the state "expired", drops the others. Looks at each event by itself.</summary>
    /// <remarks>
    /// That is what <c>Expire</c> emits, and what other monitors forward. No event's own ttl is looked at: what has just come is not old,
    /// whatever its sender's clock says.
    /// </remarks>
    public Reactor Expired() => Add(new FilterStep("Expired()", ExpiredFilter.Instance));

    /// <summary>Drops the events with the state "expired", passes the others. Looks at each event by itself.</summary>
    /// <inheritdoc cref="Expired()" path="/remarks"/>
    public Reactor NotExpired() => Add(new FilterStep("NotExpired()", new NotFilter([ExpiredFilter.Instance])));
}

sealed class ExpiredFilter : Filter
{
    public static readonly ExpiredFilter Instance = new();

    public override FieldSet? Looks => FieldSet.State;

    public override bool Passes(EventView e) => e.Is(FieldSet.State, "expired"u8);
}
