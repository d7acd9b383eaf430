using System.Net.Security;

namespace Godot;

/// <summary>How a webhook is posted.</summary>
public sealed record WebhookOptions
{
    internal const string Variable = "GODOT_WEBHOOK_SECRET";

    /// <summary>
    /// What bodies are signed with: <c>whsec_</c> and the base64 of 16 bytes or more; several while one is replaced by the next. Default:
    /// what the environment variable <c>GODOT_WEBHOOK_SECRET</c> says, with spaces between several; without it nothing is signed.
    /// </summary>
    public IReadOnlyList<string>? Secrets { get; init; }

    /// <summary>
    /// Further headers, such as <c>["Authorization"] = "Bearer …"</c>; their values are never shown. Default: none but those that
    /// docs/webhook.md names.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How metrics, logs and the ledger call the channel, <c>webhook:NAME</c>, instead of by its address; where there is a secret in the
    /// path of that, it is then not shown. Default: the address without user, password and query.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// How long what follows a message is gathered, to be sent as one. What is told of incidents goes at once, and of a storm of them as
    /// two. Zero: each is a message. Default: ten seconds.
    /// </summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take, with its answer; 10 seconds of it for the connection. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a test trusts; null: what the system trusts.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <summary>Never a secret.</summary>
    public override string ToString() => Name ?? "";
}
