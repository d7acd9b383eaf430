using System.Reflection;
using System.Text;

namespace Godot.Tests;

/// <summary>The page of a verb: what its doc comments say, and its examples with pictures of what went in and came out.</summary>
static class VerbPage
{
    /// <summary>The files of a verb's page, by name.</summary>
    public static IEnumerable<(string File, string Text)> FilesOf(string verb, IReadOnlyList<MethodInfo> calls)
    {
        StringBuilder page = new($"# {verb}\n\n");
        List<(string, string)> files = [];
        foreach (MethodInfo call in calls) Append(page, call);
        string[] examples = [.. Examples.Names.Where(name => Examples.VerbOf(name) == verb)];
        page.Append(examples.Length == 1 ? "## Example\n\n" : "## Examples\n\n");
        foreach (string example in examples)
        {
            page.Append($"```csharp\n{ExampleSource.Of(example)}\n```\n\n![What goes in, and what comes out]({example}.svg)\n\n");
            files.Add(($"{example}.svg", Timeline.Of(Examples.Run(example))));
        }
        page.Append("[All verbs](README.md)\n");
        return [($"{verb}.md", page.ToString()), .. files];
    }

    /// <summary>The list of all verbs.</summary>
    public static string Contents(IReadOnlyDictionary<string, MethodInfo[]> verbs)
    {
        StringBuilder page = new("# Verbs\n\nEach page is made of the verb's doc comments and of an example that was run.\n\n| verb | |\n|---|---|\n");
        foreach ((string verb, MethodInfo[] calls) in verbs) page.Append($"| [{verb}]({verb}.md) | {FirstSentence(DocComments.Part(calls.First(DocComments.Says), "summary"))} |\n");
        return page.ToString();
    }

    static void Append(StringBuilder page, MethodInfo call)
    {
        string takes = call.DeclaringType == typeof(BatchReactor) ? " of batches" : call.DeclaringType == typeof(Sequence) ? " of a sequence" : "", makes = call.ReturnType == typeof(BatchReactor) ? " → batches" : "";
        page.Append($"### `{Signature.Of(call)}`{takes}{makes}\n\n");
        if (!DocComments.Says(call))
        {
            page.Append("The same.\n\n");
            return;
        }
        foreach (string part in (ReadOnlySpan<string>)["summary", "remarks"])
            if (DocComments.Part(call, part) is { Length: > 0 } text) page.Append($"{text}\n\n");
        bool any = false;
        foreach (ParameterInfo parameter in Signature.Parameters(call))
        {
            if (DocComments.Parameter(call, parameter) is not { Length: > 0 } text) continue;
            page.Append($"- `{parameter.Name}`: {text}\n");
            any = true;
        }
        if (any) page.Append('\n');
        if (DocComments.Part(call, "exception") is { Length: > 0 } refused) page.Append($"Refused: {refused}\n\n");
    }

    static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? text[..(end + 1)] : text;
}
