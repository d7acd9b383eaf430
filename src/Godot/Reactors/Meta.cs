using System.Text;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with this value in its meta, whether the key was there before or not. Looks at each event by itself.
    /// </summary>
    /// <remarks>All other keys stay as they are. Keeps nothing.</remarks>
    /// <param name="key">The key in meta.</param>
    /// <param name="value">A text, a number, true or false.</param>
    /// <exception cref="ArgumentException">The key is "godot/metric", which a recipe in <c>Tag</c> or <c>Meta</c> needs.</exception>
    public Reactor Meta(string key, MetaValue value)
    {
        SetAside.Check(key);
        string shown = value.Text is { } text ? RecipeText.Quote(text) : value.ToString();
        return Add(new StageStep($"Meta({RecipeText.Quote(key)}, {shown})", Scope.Event,
            () => new MapStage(e => SetAside.WithMeta(e, key, value)), Opaque: true)
            { Keeps = FieldSet.All & ~FieldSet.Meta });
    }

    /// <summary>
    /// Runs a recipe, and passes what it emits with the metric in its meta, and the metric that the event came with put back:
    /// <c>Meta("average", r => r.MovingAverage(10))</c>.
    /// </summary>
    /// <remarks>
    /// What the recipe drops or holds is dropped or held; what it emits without a metric loses the key. Scope: the recipe's verbs have
    /// their own. While an event is on its way through the recipe, its metric stands in its meta as "godot/metric"; an event that the
    /// recipe makes anew, without that, passes without a metric.
    /// </remarks>
    /// <param name="key">The key in meta.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public Reactor Meta(string key, Func<Reactor, Reactor> inner)
    {
        SetAside aside = new(key);
        return Add(aside.Around("Meta", inner, e => aside.Exchange(e)));
    }
}

/// <summary>
/// Keeps an event's metric in its meta while a recipe makes another of it. What stood in its place, of a recipe around this one or of
/// whoever sent the event, is kept with it, and put back.
/// </summary>
sealed class SetAside
{
    // Users' keys may be anything, so it is not what it is called that keeps theirs safe.
    const string Place = "godot/metric", Metric = "metric", Before = "before";

    readonly string key;

    public SetAside(string key)
    {
        Check(key);
        this.key = key;
    }

    public static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key == Place)
            throw new ArgumentException($"Tag and Meta of a recipe keep the metric under \"{Place}\" meanwhile; take another name.",
                nameof(key));
    }

    /// <summary>The verb: the metric set aside, then the recipe, then the function.</summary>
    public InnerStep Around(string verb, Func<Reactor, Reactor> inner, Func<EventView, EventView> after)
    {
        Recipe recipe = InnerRecipe.Build(inner);
        Reactor whole = Reactor.Empty.Map(Keep, "");
        foreach (Step step in recipe.Steps()) whole = whole.Add(step);
        return new InnerStep($"{verb}({RecipeText.Quote(key)}, {InnerRecipe.Lambda(recipe)})", whole.Map(after, ""));
    }

    /// <summary>The metric back where it was, and the recipe's in meta.</summary>
    public EventView Exchange(EventView e) => WithMeta(PutBack(e), key, ValueOf(e.Metric));

    /// <summary>The metric back where it was, and the recipe's as a tag.</summary>
    public EventView Tag(EventView e)
    {
        if (e.Metric is { } made) e = e with { Tags = [.. e.Tags, $"{key}:{RecipeText.Of(made)}"] };
        return PutBack(e);
    }

    /// <summary>The event with this value in its meta; without the key if the value is missing.</summary>
    public static EventView WithMeta(EventView e, string key, MetaValue value)
    {
        Dictionary<string, MetaValue> meta = new(e.Meta) { [key] = value };
        if (value.Kind == MetaKind.Missing) meta.Remove(key);
        return e with { Meta = meta };
    }

    static EventView Keep(EventView e)
    {
        MetaValues kept = new() { [Metric] = ValueOf(e.Metric), [Before] = e.MetaOf(Place) };
        return WithMeta(e, Place, new MetaValue(MetaKind.Json, Encoding.UTF8.GetString(EventWriter.MetaText(kept))));
    }

    static EventView PutBack(EventView e)
    {
        byte[] kept = e.MetaOf(Place) is { Kind: MetaKind.Json } json
            && json.ToString() is ['{', ..] and var text ? Encoding.UTF8.GetBytes(text) : [.. "{}"u8];
        return WithMeta(e, Place, JsonMembers.FindIn(kept, Before)) with { Metric = JsonMembers.FindIn(kept, Metric).Number };
    }

    static MetaValue ValueOf(double? number) => number is { } value ? (MetaValue)value : default;
}
