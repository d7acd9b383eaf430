using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Godot;

/// <summary>Code, comments and pages are read beside others: no line is longer than 140 columns.</summary>
public class LinesTests
{
    const int Most = 140;

    static readonly string[] Folders = ["src", "tests", "bench", "examples", "docs", ""];

    // What is recorded, generated from comments, or of others.
    static readonly string[] Left =
        ["/obj/", "/bin/", "/node_modules/", "/original/", "/Original/golden/", "docs/reactors/", "bench/RESULTS.md"];

    [Fact]
    public void Code_and_comments_hold_it()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        List<string> longer = [];
        foreach (string file in Files("*.cs"))
        {
            SourceText text = SourceText.From(File.ReadAllText(file));
            TextLine[] lines = [.. text.Lines.Where(line => line.Span.Length > Most)];
            if (lines.Length == 0) continue;
            SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14), cancellationToken: stop)
                .GetRoot(stop);
            longer.AddRange(lines.Where(line => !IsInRawText(root, line.Start + Most)).Select(line => $"{file}:{line.LineNumber + 1}"));
        }

        Assert.Empty(longer);
    }

    [Fact]
    public void Pages_hold_it_but_for_tables_links_and_what_programs_say()
    {
        List<string> longer = [];
        foreach (string file in Files("*.md"))
        {
            bool isCode = false;
            foreach ((int number, string line) in File.ReadLines(file).Index())
            {
                if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
                else if (!isCode && line.Length > Most && line.TrimStart() is [not ('|' or '!'), ..]
                    && line.TrimStart().Contains(' ', StringComparison.Ordinal))
                    longer.Add($"{file}:{number + 1}");
            }
        }

        Assert.Empty(longer);
    }

    // A raw string is data: JSON, SVG, a query, which no line can be broken in.
    static bool IsInRawText(SyntaxNode root, int position) => root.FindToken(position).Parent!.AncestorsAndSelf().Any(node => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.Text.StartsWith("\"\"\"", StringComparison.Ordinal),
        InterpolatedStringExpressionSyntax text => text.StringStartToken.Text.Contains("\"\"\"", StringComparison.Ordinal),
        _ => false,
    });

    static IEnumerable<string> Files(string pattern) =>
        from folder in Folders
        from file in Directory.EnumerateFiles(
            Repository.PathOf(folder), pattern, folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Folder, file)
        where !Left.Any(part => $"/{path}".Contains(part, StringComparison.Ordinal) || path.StartsWith(part, StringComparison.Ordinal))
        select file;
}
