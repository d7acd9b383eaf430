using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Godot.Analyzers;

/// <summary>Reactors without a name: <c>server.React(recipe)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnnamedReactorAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UnnamedReactor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Call, OperationKind.Invocation);
    }

    static void Call(OperationAnalysisContext context)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (method is not { Name: "React", Parameters.Length: 1 } || !Ours.Is(method.ContainingType, "GodotServer")) return;
        // The verb alone: the whole call would underline the server's statement from its beginning.
        SyntaxNode? verb = ((call.Syntax as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)?.Name;
        context.ReportDiagnostic(Diagnostic.Create(Rules.UnnamedReactor, (verb ?? call.Syntax).GetLocation()));
    }
}
