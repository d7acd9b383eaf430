using System.Text.RegularExpressions;

namespace Godot;

/// <summary>Whole programs in the documentation are those of examples/, which are built and run.</summary>
public partial class DocumentationTests
{
    static readonly Program[] Programs = [.. Pages().SelectMany(ProgramsIn)];

    [Fact]
    public void The_server_and_the_client_are_in_the_README() =>
        Assert.Superset(new HashSet<string?> { "examples/server.cs", "examples/client.cs" },
            Programs.Where(p => p.Page == "README.md").Select(p => p.File).ToHashSet());

    [Fact]
    public void Every_program_names_an_example_in_its_first_line_and_is_the_same() =>
        Assert.All(Programs, program =>
        {
            Assert.True(program.File is not null,
                $"{program.Page}: the first line of a program must name its file, such as \"// examples/server.cs\".\n{program.Text}");
            Assert.True(File.Exists(Repository.PathOf(program.File!)), $"{program.Page}: there is no {program.File}.");
            Assert.Equal(File.ReadAllText(Repository.PathOf(program.File!)), program.Text);
        });

    static IEnumerable<string> Pages() =>
        [Repository.PathOf("README.md"), .. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)];

    static IEnumerable<Program> ProgramsIn(string page) =>
        from block in CSharp().Matches(File.ReadAllText(page))
        let text = block.Groups["text"].Value
        where text.Contains("#:project", StringComparison.Ordinal)
        let file = FirstLine().Match(text)
        select new Program(Path.GetRelativePath(Repository.Folder, page), file.Success ? file.Groups["file"].Value : null, text);

    [GeneratedRegex(@"^```csharp\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"\A// (?<file>examples/\S+\.cs)$", RegexOptions.Multiline)]
    private static partial Regex FirstLine();

    sealed record Program(string Page, string? File, string Text);
}
