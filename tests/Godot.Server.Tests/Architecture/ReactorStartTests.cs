using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Godot;

/// <summary>Every verb is the start of a recipe, too, without a word in its file.</summary>
public class ReactorStartTests
{
    const string Type = """
        namespace Godot;

        /// <summary>Here.</summary>
        public sealed partial class Reactor
        {
            internal static readonly Reactor Empty = new();

            /// <summary>Here.</summary>
            public Reactor Then(int stage) => this;
        }

        /// <summary>Here.</summary>
        public static partial class ReactorStart;

        /// <summary>Here.</summary>
        public enum Kind
        {
            /// <summary>Here.</summary>
            One,
            /// <summary>Here.</summary>
            Two,
        }
        """;

    static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData(
        "Reactor Verb()",
        "Godot.Reactor Verb() => Reactor.Empty.Verb();")]
    [InlineData(
        "Reactor Verb(int count = 5, double half = 0.5, string? name = \"a\\\"b\", Kind kind = Kind.Two)",
        "Godot.Reactor Verb(int count = 5, double half = 0.5, string? name = \"a\\\"b\", Godot.Kind kind = Godot.Kind.Two)" +
            " => Reactor.Empty.Verb(count, half, name, kind);")]
    [InlineData(
        "Reactor Verb(TimeSpan time = default, TimeSpan? other = null, List<string?>? texts = null)",
        "Godot.Reactor Verb(System.TimeSpan time = default(System.TimeSpan), System.TimeSpan? other = null, " +
            "System.Collections.Generic.List<string?>? texts = null) => Reactor.Empty.Verb(time, other, texts);")]
    [InlineData(
        "Reactor Verb(params ReadOnlySpan<(string Host, Kind? Kind)> pairs)",
        "Godot.Reactor Verb(params System.ReadOnlySpan<(string Host, Godot.Kind? Kind)> pairs) => Reactor.Empty.Verb(pairs);")]
    [InlineData(
        "Reactor Verb(scoped Span<int> span, params string[] texts)",
        "Godot.Reactor Verb(scoped System.Span<int> span, params string[] texts) => Reactor.Empty.Verb(span, texts);")]
    [InlineData(
        "Reactor Verb(in Kind kind, ref int @ref)",
        "Godot.Reactor Verb(in Godot.Kind kind, ref int @ref) => Reactor.Empty.Verb(in kind, ref @ref);")]
    [InlineData(
        "T Verb<T, TOther>(Func<T, TOther?> make) where T : class, IDisposable where TOther : notnull, allows ref struct",
        "T Verb<T, TOther>(System.Func<T, TOther?> make) where T : class, System.IDisposable " +
            "where TOther : notnull, allows ref struct => Reactor.Empty.Verb<T, TOther>(make);")]
    [InlineData(
        "Reactor Verb(Func<int, bool> test, [CallerArgumentExpression(nameof(test))] string text = \"\")",
        "Godot.Reactor Verb(System.Func<int, bool> test, " +
            "[System.Runtime.CompilerServices.CallerArgumentExpressionAttribute(\"test\")] string text = \"\")" +
            " => Reactor.Empty.Verb(test, text);")]
    public void A_start_is_what_its_verb_is(string verb, string start)
    {
        string[] lines = Generate($"/// <summary>Here.</summary>\npublic {verb} => throw null!;");

        Assert.Equal($"public static {start}", lines[^1].Replace("global::", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_has_the_attributes_of_its_verb()
    {
        string[] lines = Generate("""
            /// <summary>Here.</summary>
            [OverloadResolutionPriority(1), Obsolete("Verb two.", DiagnosticId = "G1")]
            public Reactor Verb() => this;
            """);

        Assert.Equal(
            [
                "[global::System.Runtime.CompilerServices.OverloadResolutionPriorityAttribute(1)]",
                "[global::System.ObsoleteAttribute(\"Verb two.\", DiagnosticId = \"G1\")]",
            ],
            lines[1..3]);
    }

    [Theory]
    [InlineData("Reactor Verb(int one) => this;", "Reactor Verb(string one) => this;")]
    [InlineData("Reactor Verb(params ReadOnlySpan<(int, string?)> pairs) => this;", "Reactor Verb(Func<int?, string?> test) => this;")]
    [InlineData("Reactor Verb<T>(T one) => this;", "Reactor Verb(in int one, int[] two) => this;")]
    public void A_start_has_the_documentation_of_its_verb_and_of_no_other(string one, string two)
    {
        string verbs = $"/// <summary>One.</summary>\npublic {one}\n/// <summary>Two.</summary>\npublic {two}";
        (CSharpCompilation compilation, GeneratorDriver driver) = Begin(verbs);

        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation with, out _, TestContext.Current.CancellationToken);

        INamedTypeSymbol block = Assert.Single(with.GetTypeByMetadataName("Godot.ReactorStart")!.GetTypeMembers());
        ImmutableArray<ISymbol> starts = block.GetMembers("Verb");
        Assert.Equal(["One.", "Two."], starts.Select(start => Comment(VerbOf(start)).Value.Trim()));

        ISymbol VerbOf(ISymbol start) =>
            DocumentationCommentId.GetFirstSymbolForDeclarationId(Comment(start).Element("inheritdoc")!.Attribute("cref")!.Value, with)!;

        static XElement Comment(ISymbol member) => XElement.Parse(member.GetDocumentationCommentXml()!);
    }

    [Theory]
    [InlineData("internal Reactor Verb() => this;")]
    [InlineData("Reactor Verb() => this;")]
    [InlineData("/// <summary>Here.</summary>\npublic static Reactor Verb() => Empty;")]
    [InlineData("/// <summary>Here.</summary>\npublic override string ToString() => \"\";")]
    [InlineData("/// <summary>Here.</summary>\npublic int Verb => 5;")]
    public void What_is_no_verb_has_no_start(string member) => Assert.Empty(Generate(member));

    [Theory]
    [InlineData("Other.cs", "class Other { int more; }")]
    [InlineData("Verb.cs", "public sealed partial class Reactor { public Reactor Verb(int count = 5) => Then(count); }")]
    public void A_change_elsewhere_or_inside_a_verb_generates_nothing_anew(string path, string text)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        (CSharpCompilation compilation, GeneratorDriver driver) = Begin("");
        compilation = compilation.AddSyntaxTrees(
            Parse("Other.cs", "class Other;"),
            Parse("Verb.cs", "public sealed partial class Reactor { public Reactor Verb(int count = 5) => this; }"));
        driver = driver.RunGenerators(compilation, stop);
        Assert.NotEmpty(driver.GetRunResult().GeneratedTrees);

        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(file => file.FilePath == path), Parse(path, text));
        GeneratorRunResult again = Assert.Single(driver.RunGenerators(compilation, stop).GetRunResult().Results);

        Assert.Subset(
            new HashSet<IncrementalStepRunReason> { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged },
            ReasonsOf(again.TrackedSteps[ReactorStartGenerator.File]));
        Assert.Equal([IncrementalStepRunReason.Cached], ReasonsOf(again.TrackedOutputSteps.SelectMany(steps => steps.Value)));

        static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText($"namespace Godot;\n{text}", Language, path);

        static HashSet<IncrementalStepRunReason> ReasonsOf(IEnumerable<IncrementalGeneratorRunStep> steps) =>
            [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
    }

    [Fact]
    public void Every_start_of_ours_has_the_documentation_of_a_verb()
    {
        XElement[] members = [.. XDocument.Load(Path.ChangeExtension(typeof(Reactor).Assembly.Location, ".xml")).Descendants("member")];
        HashSet<string> names = [.. members.Select(member => member.Attribute("name")!.Value)];
        string[] inherited = [.. members
            .Where(member => member.Attribute("name")!.Value.StartsWith("M:Godot.ReactorStart.", StringComparison.Ordinal))
            .SelectMany(member => member.Elements("inheritdoc"), (_, inherit) => inherit.Attribute("cref")!.Value)];

        Assert.Contains("M:Godot.Reactor.Over(System.Double)", inherited);
        Assert.All(inherited, cref => Assert.Contains(cref, names));
    }

    /// <summary>The lines of the starts of what stands in a file of a verb; fails if the compiler has anything to say of them.</summary>
    static string[] Generate(string members)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        (CSharpCompilation compilation, GeneratorDriver driver) = Begin(members);

        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation with, out ImmutableArray<Diagnostic> failed, stop);

        Assert.Empty(failed);
        Assert.Empty(with.GetDiagnostics(stop).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        string file = driver.GetRunResult().GeneratedTrees.SingleOrDefault()?.ToString() ?? "";
        IEnumerable<string> lines = file.Split('\n').Select(line => line.Trim()).Where(line => line is not ("" or "}"));
        return [.. lines.SkipWhile(line => !line.StartsWith("///", StringComparison.Ordinal))];
    }

    static (CSharpCompilation Compilation, GeneratorDriver Driver) Begin(string members) => (
        CSharpCompilation.Create(
            "Verbs",
            [CSharpSyntaxTree.ParseText(Type, Language, "Reactor.cs"), VerbFile(members)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)),
        CSharpGeneratorDriver.Create(
            [new ReactorStartGenerator().AsSourceGenerator()],
            parseOptions: Language,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)));

    static SyntaxTree VerbFile(string members) => CSharpSyntaxTree.ParseText(
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        namespace Godot;
        public sealed partial class Reactor
        {
        {{members}}
        }
        """,
        Language,
        "Reactors/Verb.cs");
}
