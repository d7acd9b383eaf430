using System.Globalization;
using System.Text;
using Godot.Common;

namespace Godot.Recipes;

/// <summary>
/// Names for reactors that were given none: what their first filter looks for, so that they stay the same from start to start and from one
/// edit of the other verbs to the next.
/// </summary>
/// <remarks>
/// Where several would have the same name, each of them has a hash of its text as well: no order decides, so that a reactor that is put
/// between others takes nobody's name. Whoever shares a first filter and changes its text gets another name, and so does one whose first
/// filter another begins to share; give a name to keep it.
/// </remarks>
static class ReactorName
{
    /// <summary>
    /// The names of reactors that are added together, given or derived. Those given twice stay so: to refuse them is the engine's.
    /// </summary>
    public static string[] Of(IReadOnlyList<(string? Name, Recipe Recipe)> reactors)
    {
        string[] names = [.. reactors.Select(reactor => reactor.Name ?? Short(reactor.Recipe))];
        HashSet<string> several = [.. names.CountBy(name => name).Where(same => same.Value > 1).Select(same => same.Key)];
        HashSet<string> taken = [.. names.Where((name, i) => reactors[i].Name is not null || !several.Contains(name))];
        for (int i = 0; i < names.Length; i++)
            if (reactors[i].Name is null && several.Contains(names[i]))
                taken.Add(names[i] = Hashed(names[i], reactors[i].Recipe, taken.Contains));
        return names;
    }

    /// <summary>The name of a reactor that is added to others.</summary>
    public static string Of(Recipe recipe, Func<string, bool> isTaken) =>
        Short(recipe) is var name && isTaken(name) ? Hashed(name, recipe, isTaken) : name;

    /// <summary>What such a name was derived from, for people.</summary>
    public static string Source(string name, Recipe recipe) =>
        name == Short(recipe) ? "its first filter" : "its first filter, which others share, and its text";

    static string Short(Recipe recipe)
    {
        Step? first = FirstFilter(recipe) ?? (recipe.Steps() is [var step, ..] ? step : null);
        return first is not null && Words(first.Text) is { Length: > 0 } words ? words : "all";
    }

    // As it is read: of a verb with recipes inside, first what stands in these.
    static Step? FirstFilter(Recipe recipe)
    {
        foreach (Step step in recipe.Steps())
        {
            if (step is FilterStep or SubscribeStep) return step;
            if (step.Inners.Select(inner => FirstFilter(inner.Recipe)).FirstOrDefault(filter => filter is not null) is { } inside)
                return inside;
        }
        return null;
    }

    /// <summary>
    /// <c>Where("service", "*/health/heartbeat")</c> becomes <c>health-heartbeat</c>, <c>WhereNot("state", "ok")</c> <c>not-ok</c>,
    /// <c>Over(50)</c> <c>over-50</c>; a pattern that is nothing but wildcards becomes its field.
    /// </summary>
    static string Words(string text)
    {
        (string verb, string arguments) = text.IndexOf('(', StringComparison.Ordinal) is > 0 and int open
            ? (text[..open], text[(open + 1)..].TrimEnd(')')) : (text, "");
        string before = verb switch
        {
            "Where" or "Subscribe" => "",
            "WhereNot" => "not",
            _ => verb,
        };
        string field = verb is "Where" or "WhereNot" && arguments.StartsWith('"')
            && arguments.IndexOf("\", ", StringComparison.Ordinal) is > 0 and int end ? arguments[..end] : "";
        string looked = arguments[(field.Length > 0 ? field.Length + 2 : 0)..].TrimStart();
        foreach (string wrapper in (ReadOnlySpan<string>)["new Regex(", "Query.Parse(", "Matcher.When(", "Field."])
            if (looked.StartsWith(wrapper, StringComparison.Ordinal)) looked = looked[wrapper.Length..];
        return Slug.Of(Slug.Of(looked) is { Length: > 0 } words ? $"{before} {words}" : $"{before} {field}");
    }

    // The same in every process. Reactors that share it have one text, and are told apart by a number.
    static string Hashed(string name, Recipe recipe, Func<string, bool> isTaken)
    {
        uint hash = (uint)StableHash.Of(Encoding.UTF8.GetBytes(recipe.ToString()));
        string hashed = string.Create(CultureInfo.InvariantCulture, $"{name}-{hash:x8}");
        if (!isTaken(hashed)) return hashed;
        for (int i = 2; ; i++)
            if (string.Create(CultureInfo.InvariantCulture, $"{hashed}-{i}") is var numbered && !isTaken(numbered)) return numbered;
    }
}
