namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes every event with this value in its meta, whether the key was there before or not. Looks at each event by itself.</summary>
    /// <remarks>All other keys stay as they are. Keeps nothing.</remarks>
    /// <param name="key">The key in meta.</param>
    /// <param name="value">A text, a number, true or false.</param>
    public Reactor Meta(string key, MetaValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        string shown = value.Text is { } text ? Quote(text) : value.ToString();
        return Add($"Meta({Quote(key)}, {shown})", Scope.Event, () => new MapStage(e => SetAside.WithMeta(e, key, value)), opaque: true);
    }

    /// <summary>
    /// Runs a recipe, and passes what it emits with the metric in its meta, and the metric that the event came with put back:
    /// <c>Meta("average", r => r.MovingAverage(10))</c>.
    /// </summary>
    /// <remarks>
    /// What the recipe drops or holds is dropped or held; what it emits without a metric loses the key. Scope: the recipe's verbs have
    /// their own. While an event is on its way through the recipe, the key holds the metric that it came with.
    /// </remarks>
    /// <param name="key">The key in meta.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public Reactor Meta(string key, Func<Reactor, Reactor> inner)
    {
        SetAside aside = new(key);
        return Add(aside.Around("Meta", inner, e => aside.Exchange(e)));
    }
}

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="Reactor.Meta(string, MetaValue)"/>
        public static Reactor Meta(string key, MetaValue value) => Reactor.Empty.Meta(key, value);

        /// <inheritdoc cref="Reactor.Meta(string, Func{Reactor, Reactor})"/>
        public static Reactor Meta(string key, Func<Reactor, Reactor> inner) => Reactor.Empty.Meta(key, inner);
    }
}

/// <summary>Keeps an event's metric in its meta while a recipe makes another of it.</summary>
sealed class SetAside
{
    readonly string key;

    public SetAside(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        this.key = key;
    }

    /// <summary>The verb: the metric set aside, then the recipe, then the function.</summary>
    public InnerStep Around(string verb, Func<Reactor, Reactor> inner, Func<EventView, EventView> after)
    {
        Recipe recipe = ScopeText.Build(inner);
        Reactor whole = Reactor.Empty.Map(Before, "");
        foreach (Step step in recipe.Steps()) whole = whole.Add(step);
        return new InnerStep($"{verb}({Recipe.Quote(key)}, {ScopeText.Lambda(recipe)})", whole.Map(after, ""));
    }

    /// <summary>The metric back where it was, and the recipe's in meta.</summary>
    public EventView Exchange(EventView e) => WithMeta(e, key, ValueOf(e.Metric)) with { Metric = Metric(e) };

    /// <summary>The metric back where it was, and the recipe's as a tag.</summary>
    public EventView Tag(EventView e)
    {
        if (e.Metric is { } made) e = e with { Tags = [.. e.Tags, $"{key}:{RecipeText.Of(made)}"] };
        return WithMeta(e, key, default) with { Metric = Metric(e) };
    }

    /// <summary>The event with this value in its meta; without the key if the value is missing.</summary>
    public static EventView WithMeta(EventView e, string key, MetaValue value)
    {
        Dictionary<string, MetaValue> meta = new(e.Meta) { [key] = value };
        if (value.Kind == MetaKind.Missing) meta.Remove(key);
        return e with { Meta = meta };
    }

    EventView Before(EventView e) => WithMeta(e, key, ValueOf(e.Metric));

    double? Metric(EventView e) => e.Meta.GetValueOrDefault(key).Number;

    static MetaValue ValueOf(double? number) => number is { } value ? (MetaValue)value : default;
}
