using System.Collections.Immutable;
using Godot.Common;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Godot.Analyzers;

/// <summary>Fields compared with what they never hold: <c>Where("service", 5)</c>, <c>Where(("state", true))</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MatchAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.WrongMatch];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(
            c => Look(c, ((IInvocationOperation)c.Operation).Arguments.Select(argument => argument.Value)), OperationKind.Invocation);
        context.RegisterOperationAction(c => Look(c, ((ITupleOperation)c.Operation).Elements), OperationKind.Tuple);
    }

    static void Look(OperationAnalysisContext context, IEnumerable<IOperation> together)
    {
        if (together.Select(NameOf).FirstOrDefault(name => name is not null) is not { } field) return;
        foreach (IOperation match in together)
        {
            if (Compared(match) is { } type && Refusal(field, type) is { } why)
                context.ReportDiagnostic(Diagnostic.Create(Rules.WrongMatch, match.Syntax.GetLocation(), why));
        }
    }

    static string? Refusal(string field, ITypeSymbol compared) => compared.SpecialType switch
    {
        SpecialType.System_Boolean => FieldNames.TruthRefusal(field),
        SpecialType.System_String => null,
        >= SpecialType.System_SByte and <= SpecialType.System_Double => FieldNames.NumberRefusal(field),
        _ => null,
    };

    // "service" or Field.Service.
    static string? NameOf(IOperation operation)
    {
        if (!Ours.Is(operation.Type, "Field")) return null;
        string? name = operation switch
        {
            IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: string text } } => text,
            IPropertyReferenceOperation { Property: { IsStatic: true, Name: var property } } => property.ToLowerInvariant(),
            _ => null,
        };
        return name is not null && FieldNames.Refusal(name) is null ? name : null;
    }

    // What is converted to a Matcher, or handed to the function of Matcher.When.
    static ITypeSymbol? Compared(IOperation operation) => !Ours.Is(operation.Type, "Matcher") ? null : operation switch
    {
        IConversionOperation { OperatorMethod: { } convert } => convert.Parameters[0].Type,
        IInvocationOperation { TargetMethod: { Name: "When" } when } => ((INamedTypeSymbol)when.Parameters[0].Type).TypeArguments[0],
        _ => null,
    };
}
