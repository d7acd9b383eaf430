using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes the events whose meta has at least one of these keys, drops the others. Looks at each event by itself.</summary>
    /// <remarks>
    /// A key counts whatever its value is, 0 and null too. Keys are compared ordinally. For a key with a certain value use
    /// <c>Where(Field.Meta("key"), …)</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">No key is named: nothing would pass.</exception>
    public Reactor HasMeta(params ReadOnlySpan<string> keys) =>
        Add(new FilterStep($"HasMeta({RecipeText.Of(keys)})", new AnyMetaFilter(AnyMetaFilter.Check(keys))));

    /// <summary>
    /// Passes the events whose meta has at least one of these keys, drops the others: <see cref="HasMeta"/> under its longer name. Looks at
    /// each event by itself.
    /// </summary>
    /// <inheritdoc cref="HasMeta"/>
    public Reactor AnyMeta(params ReadOnlySpan<string> keys) =>
        Add(new FilterStep($"AnyMeta({RecipeText.Of(keys)})", new AnyMetaFilter(AnyMetaFilter.Check(keys))));

    /// <summary>Passes the events whose meta has all of these keys, drops the others. Looks at each event by itself.</summary>
    /// <inheritdoc cref="HasMeta" path="/remarks"/>
    /// <exception cref="ArgumentException">No key is named: everything would pass.</exception>
    public Reactor AllMeta(params ReadOnlySpan<string> keys) =>
        Add(new FilterStep($"AllMeta({RecipeText.Of(keys)})", new AllMetaFilter(AnyMetaFilter.Check(keys))));
}

sealed class AnyMetaFilter(string[] keys) : Filter
{
    public override FieldSet? Looks => FieldSet.Meta;

    public override bool Passes(EventView e)
    {
        IReadOnlyDictionary<string, MetaValue> meta = e.Meta;
        foreach (string key in keys)
            if (meta.ContainsKey(key)) return true;
        return false;
    }

    public static string[] Check(ReadOnlySpan<string> keys)
    {
        if (keys.IsEmpty) throw new ArgumentException("Name at least one key of meta.", nameof(keys));
        foreach (string key in keys) ArgumentNullException.ThrowIfNull(key, nameof(keys));
        return keys.ToArray();
    }
}

sealed class AllMetaFilter(string[] keys) : Filter
{
    public override FieldSet? Looks => FieldSet.Meta;

    public override bool Passes(EventView e)
    {
        IReadOnlyDictionary<string, MetaValue> meta = e.Meta;
        foreach (string key in keys)
            if (!meta.ContainsKey(key)) return false;
        return true;
    }
}
