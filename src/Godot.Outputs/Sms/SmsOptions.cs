namespace Godot;

/// <summary>
/// By whom text messages are sent: an account that speaks Twilio's protocol (https://www.twilio.com/docs/messaging/api/message-resource).
/// It comes from the host's services; if there is none, from the environment variable <c>GODOT_SMS</c> (see <see cref="FromUri"/>).
/// </summary>
public sealed record SmsOptions
{
    internal const string Variable = "GODOT_SMS";

    const string Example = "https://ACCOUNT:TOKEN@api.twilio.com?from=+15550199";

    /// <summary>The provider's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The account's identifier.</summary>
    public required string Account { get; init; }

    /// <summary>The account's secret.</summary>
    public required string Token { get; init; }

    /// <summary>The number, or name, that messages come from.</summary>
    public required string From { get; init; }

    /// <summary>How long one attempt to send a message may take. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads an address such as <c>https://ACCOUNT:TOKEN@api.twilio.com?from=+15550199</c>. What is special in account or token is
    /// percent-encoded.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// It is not such an address; the message says what to change, and never holds the token.
    /// </exception>
    public static SmsOptions FromUri(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http")
            || address.UserInfo.Split(':') is not [{ Length: > 0 } account, { Length: > 0 } token]
            || !address.Query.StartsWith("?from=", StringComparison.Ordinal) || address.Query.Length < 7)
            throw new ArgumentException($"The address of the account that text messages are sent by must look like {Example}.",
                nameof(uri));
        return new SmsOptions
        {
            Server = new Uri(address.GetLeftPart(UriPartial.Authority).Replace($"{address.UserInfo}@", "", StringComparison.Ordinal)),
            Account = Uri.UnescapeDataString(account),
            Token = Uri.UnescapeDataString(token),
            From = Uri.UnescapeDataString(address.Query["?from=".Length..]),
        };
    }

    /// <summary>Server and account; never the token.</summary>
    public override string ToString() => $"{Account} at {Server.Authority}";

    internal static SmsOptions Find(IServiceProvider? services, string? environment) =>
        services?.GetService(typeof(SmsOptions)) as SmsOptions
        ?? (string.IsNullOrWhiteSpace(environment) ? null : FromUri(environment))
        ?? throw new ArgumentException($"Sms needs an account to send by; set {Variable} to an address such as {Example}.");
}
