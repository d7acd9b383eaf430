using System.Reflection;
using Godot.Recipes;

namespace Godot.Tests;

/// <summary>docs/reactors is made by running the examples; <c>GODOT_APPROVE=1</c> writes it anew.</summary>
public sealed class PagesTests
{
    static readonly string Folder = Repository.PathOf("docs", "reactors");

    [Fact]
    public void The_pages_say_what_the_code_says_and_show_what_it_does()
    {
        Dictionary<string, string> expected = Verbs.All.SelectMany(verb => VerbPage.FilesOf(verb.Key, verb.Value)).ToDictionary();
        expected.Add("README.md", VerbPage.Contents(Verbs.All));
        if (Environment.GetEnvironmentVariable("GODOT_APPROVE") == "1") Approve(expected);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, File.ReadAllText(Path.Join(Folder, file.Key))));
    }

    [Fact]
    public void Every_verb_says_in_its_summary_whose_events_it_looks_at_together()
    {
        Dictionary<Scope, string> words = new() { [Scope.All] = "all", [Scope.Series] = "each series" };
        List<(string Verb, Scope Scope)> stages = [.. Examples.Names.SelectMany(name => Stages(Examples.Run(name).Recipe)).Distinct()];
        Assert.True(stages.Count(stage => stage.Scope == Scope.All) > 20);
        Assert.All(stages, stage =>
        {
            if (!Verbs.All.TryGetValue(stage.Verb, out MethodInfo[]? calls) || !words.TryGetValue(stage.Scope, out string? word)) return;
            Assert.Contains(word, calls.Where(DocComments.Says).Select(VerbPage.ScopeOf));
        });
    }

    static IEnumerable<(string Verb, Scope Scope)> Stages(Recipe recipe) => recipe.Steps().SelectMany(step =>
        (step is StageStep stage ? [(stage.Text.Split('(')[0], stage.Scope)] : ((string, Scope)[])[])
            .Concat(step.Inners.SelectMany(inner => Stages(inner.Recipe))));

    static void Approve(Dictionary<string, string> files)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach ((string file, string text) in files) File.WriteAllText(Path.Join(Folder, file), text);
    }
}
