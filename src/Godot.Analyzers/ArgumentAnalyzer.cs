using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Godot.Analyzers;

/// <summary>Templates, addresses and ports: what <see cref="ArgumentRules"/> knows, where an argument is constant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgumentAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.WrongTemplate, Rules.WrongAddress, Rules.WrongPort];

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
        if (!ArgumentRules.Verbs.Contains(call.TargetMethod.Name) || !Ours.Has(call.TargetMethod)) return;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter, Value.ConstantValue.Value: { } value }
                && ArgumentRules.Refusal(call.TargetMethod, parameter.Name, value) is var (rule, why))
                context.ReportDiagnostic(Diagnostic.Create(rule, argument.Value.Syntax.GetLocation(), why));
        }
    }
}
