using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with the fields that are named set to these values where it has none:
    /// <c>Default(state: "ok", ttl: TimeSpan.FromSeconds(60))</c>. Looks at each event by itself.
    /// </summary>
    /// <remarks>What an event says already stays, an empty text too. Keeps nothing.</remarks>
    /// <inheritdoc cref="With(string, string, string, string, double?, TimeSpan?)"/>
    public Reactor Default(
        string? host = null, string? service = null, string? state = null, string? description = null, double? metric = null,
            TimeSpan? ttl = null)
    {
        FieldValues values = new("Default", host, service, state, description, metric, ttl);
        return Add(new StageStep(values.ToString(), Scope.Event, () => new MapStage(values.SetMissing),
            Opaque: true) { Keeps = values.Others });
    }
}
