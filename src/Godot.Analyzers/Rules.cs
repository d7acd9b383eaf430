using Microsoft.CodeAnalysis;

namespace Godot.Analyzers;

/// <summary>What the analyzers tell. Each has a section in docs/analyzers.md.</summary>
static class Rules
{
    const string Category = "Godot", Page = "docs/analyzers.md#";

    /// <summary>A text that names no field of an event.</summary>
    public static readonly DiagnosticDescriptor UnknownField = new(
        "GODOT001", "Unknown field", "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Where, By, Change and their like take the name of a field. A program with an unknown one ends at its start.", Page + "godot001");

    /// <summary>A template that is not well-formed.</summary>
    public static readonly DiagnosticDescriptor WrongTemplate = new(
        "GODOT002", "Wrong template", "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A template has names of fields in braces. A program with one that is wrong ends at its start.", Page + "godot002");

    /// <summary>An address that is not one, of a mailbox, a telephone, a server or an interface.</summary>
    public static readonly DiagnosticDescriptor WrongAddress = new(
        "GODOT003", "Wrong address", "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A program with an address that is not well-formed ends at its start.", Page + "godot003");

    /// <summary>A port out of range.</summary>
    public static readonly DiagnosticDescriptor WrongPort = new(
        "GODOT004", "Port out of range", "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A program with a port that does not exist ends at its start.", Page + "godot004");

    /// <summary>A comparison that no event can ever pass.</summary>
    public static readonly DiagnosticDescriptor WrongMatch = new(
        "GODOT005", "Nothing ever matches", "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A field that is always a text never equals a number. A program that compares them ends at its start.", Page + "godot005");

    /// <summary>A view that would be kept beyond its call; the compiler refuses it, and does not say what to write.</summary>
    public static readonly DiagnosticDescriptor KeptView = new(
        "GODOT006", "A view is kept", "An EventView is gone when the call returns. Keep an Event instead: {0}.", Category,
        DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "The compiler refuses to keep a view; ToEvent() makes an event of it that can be kept.", Page + "godot006");

    /// <summary>A reactor without a name.</summary>
    public static readonly DiagnosticDescriptor UnnamedReactor = new(
        "GODOT007", "Unnamed reactor",
        "The reactor's name is derived from its first filter; name it, React(\"name\", …), so that metrics and saved state keep theirs "
        + "when the rule changes", Category, DiagnosticSeverity.Info, isEnabledByDefault: true,
        "Metrics, logs and saved state know a reactor by its name.", Page + "godot007");
}
