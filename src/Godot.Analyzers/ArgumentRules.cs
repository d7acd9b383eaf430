using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Godot.Analyzers;

/// <summary>Which arguments of which verbs are looked at, and what each may be.</summary>
static class ArgumentRules
{
    public static readonly ImmutableHashSet<string> Verbs = ["Email", "Sms", "Forward", "Graphite", "Tcp", "Udp", "Http"];

    /// <summary>Why a verb's argument is refused when the program starts, as it says it then; null if it is not.</summary>
    public static (DiagnosticDescriptor Rule, string Why)? Refusal(IMethodSymbol verb, string parameter, object value) =>
        (verb.Name, parameter, value) switch
    {
        ("Tcp" or "Udp", "port", int port) when verb.ContainingAssembly.Name == "Godot.Monitoring.Client" => OfPeer("The server's", port),
        ("Email", "subject" or "body", string text) => Of(Rules.WrongTemplate, TemplateText.Read(text, [])),
        ("Email", "to", string text) => Of(Rules.WrongAddress, Placeholders.Refusal(text, verb.Name) ?? MailAddresses.Refusal(text)),
        ("Sms", "to", string text) => Of(Rules.WrongAddress, Placeholders.Refusal(text, verb.Name) ?? PhoneNumbers.Refusal(text)),
        ("Forward", "to", string text) =>
            Of(Rules.WrongAddress, Placeholders.Refusal(text, verb.Name) ?? (AddressText.Refusal(text) is { } why ? why + "." : null)),
        ("Graphite", "host" or "prefix", string text) => Of(Rules.WrongAddress, Placeholders.Refusal(text, verb.Name)),
        ("Tcp" or "Udp", "address", string text) => Of(Rules.WrongAddress, PortText.AddressRefusal(text)),
        ("Http", "address", string text) => Of(Rules.WrongAddress, PortText.Refusal(text)),
        ("Tcp" or "Udp", "port", int port) => Of(Rules.WrongPort, PortText.Refusal(port)),
        ("Graphite", "port", int port) => OfPeer("Graphite's", port),
        _ => null,
    };

    // Nobody connects to port 0.
    static (DiagnosticDescriptor, string)? OfPeer(string whose, int port) =>
        port is >= 1 and <= 65535 ? null : (Rules.WrongPort, $"{whose} port must be from 1 to 65535. It is {port}.");

    static (DiagnosticDescriptor, string)? Of(DiagnosticDescriptor rule, string? why) => why is null ? null : (rule, why);
}
