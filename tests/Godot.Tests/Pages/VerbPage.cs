using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Godot.Tests;

/// <summary>The page of a verb: what its doc comments say, and its examples with pictures of what went in and came out.</summary>
static partial class VerbPage
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
        StringBuilder page = new("""
            # Verbs

            Each page is made of the verb's doc comments and of an example that was run.

            A verb that looks at **each series** follows each (host, service) by itself; one that looks at **all** sees whatever reaches it, all hosts and services
            together. `By("service", r => …)` gives each service its own, `Across(r => …)` makes one of all. What stands for several hosts, or services, has no host,
            or service, unless it is the same in all.

            | verb | looks at | |
            |---|---|---|

            """);
        foreach ((string verb, MethodInfo[] calls) in verbs)
        {
            MethodInfo[] said = [.. calls.Where(DocComments.Says)];
            string scopes = string.Join(", ", said.Select(ScopeOf).Distinct()),
                summary = FirstSentence(DocComments.Part(said[0], "summary"));
            page.Append($"| [{verb}]({verb}.md) | {scopes} | {summary} |\n");
        }
        return page.ToString();
    }

    /// <summary>Whose events a call looks at together, as its summary says; each event, or batch, by itself if that says nothing.</summary>
    public static string ScopeOf(MethodInfo call) =>
        Scope().Match(DocComments.Part(call, "summary")) is { Success: true } said ? said.Groups["scope"].Value
        : call.DeclaringType == typeof(BatchReactor) ? "each batch"
        : call.IsStatic ? "each event, each batch"
        : "each event";

    [GeneratedRegex(@" ?Scope: (?<scope>[^.;]+)[^.]*\.")]
    private static partial Regex Scope();

    static void Append(StringBuilder page, MethodInfo call)
    {
        string takes =
            call.DeclaringType == typeof(BatchReactor) ? " of batches"
            : call.DeclaringType == typeof(Sequence) ? " of a sequence"
            : call.IsStatic ? " of events or batches"
            : "";
        string makes = call.ReturnType == typeof(BatchReactor) ? " → batches" : "";
        page.Append($"### `{Signature.Of(call)}`{takes}{makes}\n\n");
        if (!DocComments.Says(call))
        {
            page.Append("The same.\n\n");
            return;
        }
        // Whose events it looks at comes first: that is what surprises.
        string summary = DocComments.Part(call, "summary");
        if (Scope().Match(summary) is { Success: true } said)
            summary = $"{said.Value.TrimStart()} {summary.Remove(said.Index, said.Length)}";
        page.Append($"{summary}\n\n");
        if (DocComments.Part(call, "remarks") is { Length: > 0 } remarks) page.Append($"{remarks}\n\n");
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
