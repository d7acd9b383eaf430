using System.Text.RegularExpressions;

namespace Godot.Tests;

/// <summary>The text of an example: what stands behind the arrow of its method.</summary>
static partial class ExampleSource
{
    static readonly string Folder = Repository.PathOf("tests", "Godot.Tests", "Reactors", "Examples");

    static readonly Dictionary<string, string> Sources = Directory.GetFiles(Folder, "*.cs")
        .SelectMany(file => Method().Matches(File.ReadAllText(file)))
        .ToDictionary(match => match.Groups["name"].Value, match => Unindent(match.Groups["body"].Value));

    public static string Of(string example) => Sources[example];

    static string Unindent(string body) =>
        string.Join('\n', body.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));

    [GeneratedRegex(@"public static ReactorTest (?<name>\w+)\(\) =>\s+(?<body>.*?;)$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Method();
}
