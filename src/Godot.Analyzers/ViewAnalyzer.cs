using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Godot.Analyzers;

/// <summary>
/// Views that would be kept beyond their call. The compiler refuses each of these, in words that do not name <c>ToEvent()</c>; this is said
/// beside it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ViewAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.KeptView];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Fields, SymbolKind.NamedType);
        context.RegisterSymbolAction(c => Suspended(c.ReportDiagnostic, (IMethodSymbol)c.Symbol), SymbolKind.Method);
        context.RegisterOperationAction(Function, OperationKind.AnonymousFunction, OperationKind.LocalFunction);
        context.RegisterOperationAction(Primary, OperationKind.ParameterReference);
        context.RegisterOperationAction(HandedOver, OperationKind.Invalid);
        context.RegisterOperationAction(Converted, OperationKind.Conversion);
        context.RegisterSyntaxNodeAction(Written, SyntaxKind.IdentifierName);
    }

    // CS8345: a field, or a property that has one.
    static void Fields(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            ISymbol declared = field.AssociatedSymbol ?? field;
            if (Ours.IsView(field.Type) && (field.IsStatic || !type.IsRefLikeType) && !declared.IsImplicitlyDeclared)
                Report(context.ReportDiagnostic, declared.Locations[0], $"Event {declared.Name}, set with ToEvent()");
        }
    }

    // CS4012, CS4013: a function that is suspended between its statements.
    static void Suspended(Action<Diagnostic> report, IMethodSymbol method)
    {
        if (!method.IsAsync && !method.IsIterator) return;
        foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => Ours.IsView(parameter.Type)))
            Report(report, parameter.Locations[0], $"take an Event {parameter.Name}, and call this with ToEvent()");
    }

    // CS9108, CS8175: a function within a function that uses the outer one's view.
    static void Function(OperationAnalysisContext context)
    {
        (IMethodSymbol function, IOperation? body) = context.Operation switch
        {
            IAnonymousFunctionOperation lambda => (lambda.Symbol, (IOperation?)lambda.Body),
            ILocalFunctionOperation local => (local.Symbol, local.Body),
            _ => throw new InvalidOperationException($"{context.Operation.Kind} is not a function."),
        };
        Suspended(context.ReportDiagnostic, function);
        HashSet<ISymbol> told = new(SymbolEqualityComparer.Default);
        foreach (IOperation use in body?.Descendants() ?? [])
        {
            ISymbol? variable = use switch
            {
                IParameterReferenceOperation { Parameter: var parameter } => parameter,
                ILocalReferenceOperation { Local: var local } => local,
                _ => null,
            };
            // Of functions in functions the outermost is told.
            if (variable is not null && Ours.IsView(use.Type) && Same(variable.ContainingSymbol, function.ContainingSymbol)
                && !IsNameOnly(use) && told.Add(variable))
                Report(context.ReportDiagnostic, use.Syntax, $"Event kept = {variable.Name}.ToEvent(); before, and kept in here");
        }
    }

    // CS9110: a member that uses the view its class was made with.
    static void Primary(OperationAnalysisContext context)
    {
        IParameterReferenceOperation use = (IParameterReferenceOperation)context.Operation;
        ISymbol made = use.Parameter.ContainingSymbol;
        if (Ours.IsView(use.Type) && made is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsRefLikeType: false }
            && context.ContainingSymbol is IMethodSymbol user && !Same(user, made) && !IsNameOnly(use))
            Report(context.ReportDiagnostic, use.Syntax, $"make {made.ContainingType.Name} of an Event {use.Parameter.Name}");
    }

    // CS1503, CS9244: list.Add(e), Task.FromResult(e).
    static void HandedOver(OperationAnalysisContext context)
    {
        if (context.Operation is not { Syntax: InvocationExpressionSyntax call, SemanticModel: { } model }) return;
        SymbolInfo called = model.GetSymbolInfo(call, context.CancellationToken);
        IMethodSymbol[] candidates = [.. called.CandidateSymbols.Add(called.Symbol!).OfType<IMethodSymbol>()];
        for (int i = 0; i < call.ArgumentList.Arguments.Count; i++)
        {
            ArgumentSyntax argument = call.ArgumentList.Arguments[i];
            if (argument.NameColon is null && Ours.IsView(model.GetTypeInfo(argument.Expression, context.CancellationToken).Type)
                && candidates.Any(method => i < method.Parameters.Length && IsKept(method.OriginalDefinition.Parameters[i].Type)))
                Report(context.ReportDiagnostic, argument.Expression, $"{argument.Expression}.ToEvent()");
        }
    }

    // CS0029, CS0266: last = e, where last is an Event or an object.
    static void Converted(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        if (Ours.IsView(conversion.Operand.Type) && !conversion.Conversion.Exists && IsKept(conversion.Type))
            Report(context.ReportDiagnostic, conversion.Operand.Syntax, $"{conversion.Operand.Syntax}.ToEvent()");
    }

    // CS9244, CS0611: List<EventView>, EventView[], EventView?, (EventView, int).
    static void Written(SyntaxNodeAnalysisContext context)
    {
        IdentifierNameSyntax name = (IdentifierNameSyntax)context.Node;
        if (name.Identifier.ValueText != "EventView") return;
        SyntaxNode type = name.Parent is QualifiedNameSyntax ? name.Parent : name;
        if (type.Parent is not (ArrayTypeSyntax or NullableTypeSyntax or TupleElementSyntax or TypeArgumentListSyntax)
            || !Ours.IsView(context.SemanticModel.GetTypeInfo(name, context.CancellationToken).Type)) return;
        if (type.Parent is TypeArgumentListSyntax { Parent: GenericNameSyntax generic } list)
        {
            SymbolInfo of = context.SemanticModel.GetSymbolInfo(generic, context.CancellationToken);
            ImmutableArray<ITypeParameterSymbol> parameters =
                (of.Symbol as INamedTypeSymbol)?.TypeParameters ?? (of.Symbol as IMethodSymbol)?.TypeParameters ?? [];
            int at = list.Arguments.IndexOf((TypeSyntax)type);
            if (at >= parameters.Length || parameters[at].AllowsRefLikeType) return;
        }
        Report(context.ReportDiagnostic, type, "write Event here, and ToEvent() where there is a view");
    }

    // An Event, an object, or whatever a generic type or method is of, unless that may be a view.
    static bool IsKept(ITypeSymbol? type) =>
        type is ITypeParameterSymbol { AllowsRefLikeType: false } or { SpecialType: SpecialType.System_Object } || Ours.Is(type, "Event");

    // nameof(e) looks at no event.
    static bool IsNameOnly(IOperation use) => use.Parent is INameOfOperation;

    static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);

    static void Report(Action<Diagnostic> report, SyntaxNode where, string instead) => Report(report, where.GetLocation(), instead);

    static void Report(Action<Diagnostic> report, Location where, string instead) =>
        report(Diagnostic.Create(Rules.KeptView, where, instead));
}
