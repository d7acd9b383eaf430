using System.Text.Json;
using Godot.Recipes;

namespace Godot.Tests.Original;

/// <summary>Says the original's questions about meta in our verbs: it asked for keys, and for values of keys, with one method.</summary>
static class MetaTranslation
{
    public static Reactor HasMeta(Reactor r, Op op)
    {
        bool all = op.Name == "allMeta" || (op.Name == "hasMeta" && IsText(op, "all"));
        int from = op.Name == "hasMeta" && (IsText(op, "all") || IsText(op, "any")) ? 1 : 0;
        JsonElement[] asked = [.. Enumerable.Range(from, op.Count - from).Select(at => op[at])];
        string[] keys = [.. asked.Where(each => each.ValueKind != JsonValueKind.Object).SelectMany(Op.Texts)];
        (Field Field, Matcher Match)[] values = [.. asked.Where(each => each.ValueKind == JsonValueKind.Object).SelectMany(Values)];
        return all ? WithAll(r, keys, values) : WithAny(r, keys, values);
    }

    static bool IsText(Op op, string text) => op.Count > 0 && op[0].ValueKind == JsonValueKind.String && op.Text(0) == text;

    static IEnumerable<(Field, Matcher)> Values(JsonElement each) =>
        each.EnumerateObject().Select(pair => (Field.Meta(pair.Name), (Matcher)pair.Value.GetDouble()));

    static Reactor WithAll(Reactor r, string[] keys, (Field, Matcher)[] values) =>
        keys is [] ? r.Where(values) : r.AllMeta(keys).Where(values);

    // No verb says "or" of values, but a function does.
    static Reactor WithAny(Reactor r, string[] keys, (Field Field, Matcher Match)[] values) => values is []
        ? r.AnyMeta(keys)
        : r.Where(e =>
        {
            foreach ((Field field, Matcher match) in values)
                if (match.Matches(FieldValue.Of(e, field))) return true;
            return false;
        });
}
