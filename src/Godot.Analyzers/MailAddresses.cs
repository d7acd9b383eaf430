namespace Godot.Analyzers;

/// <summary>
/// Which texts are certainly not mail addresses. Programs ask MimeKit, which an analyzer cannot bring along; names, quotes, comments and
/// groups are left to it.
/// </summary>
static class MailAddresses
{
    static readonly char[] Syntax = ['"', '<', '>', '(', ')', '[', ']', ':', ';', '\\'];

    public static string? Refusal(string to)
    {
        if (to.IndexOfAny(Syntax) >= 0) return null;
        string[] addresses = [.. to.Split(',').Where(address => !string.IsNullOrWhiteSpace(address))];
        return addresses.Length > 0 && addresses.All(IsPlausible)
            ? null
            : $"\"{to}\" is not an address; write one, or several with commas between them: \"ops@host.com, dev@host.com\".";
    }

    // Where spaces may stand is for MimeKit to say.
    static bool IsPlausible(string address) => address.Split('@') is { Length: 2 } parts && !parts.Any(string.IsNullOrWhiteSpace);
}
