using System.Collections.Immutable;
using System.Reflection;
using Godot.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Godot;

/// <summary>A text as the compiler and the analyzers see it.</summary>
sealed class Analyzed
{
    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks; global using Godot;
        """;

    static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    static readonly SyntaxTree Implicit = CSharpSyntaxTree.ParseText(Usings, Language);

    static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    public static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(FieldAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    readonly CSharpCompilation compilation;

    public Analyzed(string text, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        compilation = CSharpCompilation.Create(
            "Analyzed", [Implicit, CSharpSyntaxTree.ParseText(text, Language)], References,
            new(kind, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>An expression, in a method of a class.</summary>
    public static Analyzed Expression(string expression) =>
        new($"public static class Rules {{ public static object Make() => {expression}; }}");

    /// <summary>The compiler's errors, by their ids.</summary>
    public IEnumerable<string> Errors => Failures(compilation.GetDiagnostics()).Select(error => error.Id);

    /// <summary>What the analyzers tell: the rule, the text that it is of, and the sentence.</summary>
    public async Task<IReadOnlyList<(string Rule, string Of, string Sentence)>> Told()
    {
        ImmutableArray<Diagnostic> told =
            await compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. told.OrderBy(one => one.Location.SourceSpan.Start).Select(one => (one.Id, TextAt(one.Location), one.GetMessage()))];
    }

    /// <summary>Runs the expression as a program does; returns what it is refused with, null if it is not.</summary>
    public string? Refusal()
    {
        using MemoryStream assembly = new();
        Assert.Empty(Failures(compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Diagnostics));
        try
        {
            Assembly.Load(assembly.ToArray()).GetType("Rules")!.GetMethod("Make")!.Invoke(null, null);
            return null;
        }
        catch (TargetInvocationException e)
        {
            return Common.Mistake.Sentence(e.InnerException!);
        }
    }

    static IEnumerable<Diagnostic> Failures(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error);

    static string TextAt(Location where) =>
        where.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(where.SourceSpan);
}
