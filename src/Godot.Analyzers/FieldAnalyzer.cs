using System.Collections.Immutable;
using Godot.Common;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Godot.Analyzers;

/// <summary>Names of fields: <c>Where("servce", …)</c>, <c>By(["hsot", "service"], …)</c>, <c>Field.Member("service")</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FieldAnalyzer : DiagnosticAnalyzer
{
    // How many letters may be wrong in a name that we still recognize.
    const int MostMistakes = 2;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UnknownField];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Convert, OperationKind.Conversion);
        context.RegisterOperationAction(Call, OperationKind.Invocation);
    }

    static void Convert(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        if (conversion.OperatorMethod?.ContainingType is { Name: "Field" or "Fields" } type && Ours.Has(type)
            && conversion.Operand.ConstantValue is { HasValue: true, Value: string name } && FieldNames.Refusal(name) is { } why)
            context.ReportDiagnostic(Diagnostic.Create(Rules.UnknownField, conversion.Operand.Syntax.GetLocation(), why + Meant(name)));
    }

    static void Call(OperationAnalysisContext context)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "Member" || !Ours.Is(call.TargetMethod.ContainingType, "Field")) return;
        IOperation name = call.Arguments[0].Value;
        if (name.ConstantValue is { HasValue: true, Value: string text } && FieldNames.MemberRefusal(text) is { } why)
            context.ReportDiagnostic(Diagnostic.Create(Rules.UnknownField, name.Syntax.GetLocation(), why));
    }

    static string Meant(string name) =>
        Spelling.Nearest(name, FieldNames.All) is { } nearest && Spelling.Distance(name, nearest) <= MostMistakes
            ? $" Did you mean \"{nearest}\"?"
            : "";
}
