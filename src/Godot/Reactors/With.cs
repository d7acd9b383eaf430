using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with the fields that are named set to these values: <c>With(service: "cpu", state: "critical")</c>. Looks at each
    /// event by itself.
    /// </summary>
    /// <remarks>What is not named stays as it is. To take a value away, or to set others, use <c>Map</c>. Keeps nothing.</remarks>
    /// <param name="host">The host.</param>
    /// <param name="service">The service.</param>
    /// <param name="state">The state, shorter than 255 bytes.</param>
    /// <param name="description">The description.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="ttl">The ttl, not negative.</param>
    /// <exception cref="ArgumentException">Nothing is named, or an event cannot have such a value.</exception>
    public Reactor With(
        string? host = null, string? service = null, string? state = null, string? description = null, double? metric = null,
            TimeSpan? ttl = null)
    {
        FieldValues values = new("With", host, service, state, description, metric, ttl);
        return Add(new StageStep(values.ToString(), Scope.Event, () => new MapStage(values.Set), Opaque: true) { Keeps = values.Others });
    }
}

/// <summary>Values for some fields of an event; null: none for that field.</summary>
sealed class FieldValues
{
    readonly string verb;
    readonly string? host, service, state, description;
    readonly double? metric;
    readonly TimeSpan? ttl;

    public FieldValues(string verb, string? host, string? service, string? state, string? description, double? metric, TimeSpan? ttl)
    {
        if ((host ?? service ?? state ?? description) is null && metric is null && ttl is null)
            throw new ArgumentException($"Name at least one field: {verb}(state: \"ok\").", nameof(host));
        (this.verb, this.host, this.service, this.description) = (verb, host, service, description);
        (this.state, this.metric, this.ttl) = (EventRules.CheckState(state), EventRules.CheckMetric(metric), EventRules.CheckTtl(ttl));
    }

    /// <summary>The fields of which it has none.</summary>
    public FieldSet Others => FieldSet.All
        & ~(Of(host, FieldSet.Host) | Of(service, FieldSet.Service) | Of(state, FieldSet.State) | Of(description,
            FieldSet.Description) | Of(metric, FieldSet.Metric)
            | Of(ttl, FieldSet.Ttl));

    /// <summary>The event with these values.</summary>
    public EventView Set(EventView e) => Set(e, FieldSet.None);

    /// <summary>The event with these values where it has none.</summary>
    public EventView SetMissing(EventView e) => Set(e, e.Row.Present);

    EventView Set(EventView e, FieldSet keep)
    {
        bool Says(object? value, FieldSet part) => value is not null && (keep & part) == 0;
        if (Says(host, FieldSet.Host)) e = e with { Host = host };
        if (Says(service, FieldSet.Service)) e = e with { Service = service };
        if (Says(state, FieldSet.State)) e = e with { State = state };
        if (Says(description, FieldSet.Description)) e = e with { Description = description };
        if (metric is not null && (keep & FieldSet.Metric) == 0) e = e with { Metric = metric };
        if (ttl is not null && (keep & FieldSet.Ttl) == 0) e = e with { Ttl = ttl };
        return e;
    }

    static FieldSet Of(object? value, FieldSet part) => value is null ? FieldSet.None : part;

    /// <summary>The verb as it was written.</summary>
    public override string ToString()
    {
        List<string> texts = [];
        foreach ((string name, string? value) in (ReadOnlySpan<(string, string?)>)[("host", host), ("service", service), ("state", state),
            ("description", description)])
            if (value is not null) texts.Add($"{name}: {RecipeText.Quote(value)}");
        if (metric is { } number) texts.Add($"metric: {RecipeText.Of(number)}");
        if (ttl is { } time) texts.Add($"ttl: {RecipeText.Of(time)}");
        return $"{verb}({string.Join(", ", texts)})";
    }
}
