using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>A webhook, as a recipe names it.</summary>
sealed record WebhookRecipe : OutputRecipe
{
    static readonly WebhookOptions Usual = new();

    // Ours, and what HttpClient says by itself.
    static readonly string[] Reserved = ["host", "content-type", "content-length", "transfer-encoding", "connection", "user-agent"];

    /// <exception cref="ArgumentException">It is not an address, or an option cannot work.</exception>
    public WebhookRecipe(string url, WebhookOptions? options)
    {
        Address = new WebAddress(url, "Webhook", nameof(url));
        Options = options ?? Usual;
        if (Options.Secrets is { } secrets) _ = new WebhookSecrets(secrets);
        RecipeRules.NotNegative(Options.Interval, "Webhook's interval", nameof(options));
        RecipeRules.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), Options.Timeout, "Webhook's timeout", nameof(options));
        if (Options.Name is { } name) RecipeRules.NotEmpty(name, "Webhook's name", nameof(options));
        foreach ((string header, string value) in Options.Headers) RecipeRules.Refuse(Refusal(header, value), nameof(options));
    }

    public override string Name => "webhook";

    public override string ChannelName => $"webhook:{Shown}";

    public override bool IsDurable => true;

    // With a hash of what must not be shown.
    public override string QueueKey => $"{Shown} {Interval} {Options.Timeout} {Hidden:x16}";

    public WebAddress Address { get; }

    public WebhookOptions Options { get; }

    /// <summary>How people are told of it.</summary>
    public string Shown => Options.Name ?? Address.Shown;

    public override TimeSpan Interval => Options.Interval;

    // WebhookOptions.Timeout, for each message of a send.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    // The same each time it is asked for.
    public override string Preview(Notification notification) => Encoding.UTF8.GetString(
        WebhookJson.Of([notification with { Id = new string('0', 32) }], notification.Events[0].Time ?? default));

    public override Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
    {
        _ = Secrets();
        return WebSender.TryAsync(Address, Shown, Options.Trust, cancellationToken)!;
    }

    public override IOutput Open(OutputContext context)
    {
        WebhookSecrets secrets = Secrets();
        return new WebhookOutput(this, secrets, context.TimeProvider);
    }

    public override string ToString()
    {
        string text = $"Webhook({RecipeText.Quote(Shown)}";
        if (Interval != Usual.Interval) text += $", interval: {RecipeText.Of(Interval)}";
        return text + ")";
    }

    WebhookSecrets Secrets()
    {
        if (Address.IsEncrypted) OpenSsl.Need($"TLS to {Shown}");
        string[] given = Options.Secrets is { } own ? [.. own]
            : Environment.GetEnvironmentVariable(WebhookOptions.Variable)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (given.Length > 0) OpenSsl.Need($"Signing for {Shown}");
        return new WebhookSecrets(given);
    }

    ulong Hidden => StableHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', [Address.Target.ToString(), Address.Login?.ToString() ?? "",
        .. Options.Secrets ?? [], .. Options.Headers.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Key}: {one.Value}")])));

    // Why it cannot be one of the headers; null if it can.
    string? Refusal(string header, string value)
    {
        using HttpRequestMessage message = new();
        bool isOurs = Array.Exists(Reserved, one => one.Equals(header, StringComparison.OrdinalIgnoreCase))
            || header.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase);
        if (isOurs || value.AsSpan().ContainsAnyExceptInRange(' ', '~') || !message.Headers.TryAddWithoutValidation(header, value))
            return $"\"{PlainText.Line(header)}\" cannot be a header of a webhook: it is one that the webhook sets itself, or has "
                + "characters that no header may have.";
        return header.Equals("authorization", StringComparison.OrdinalIgnoreCase) && Address.Login is not null
            ? "A webhook logs in by its address or by a header Authorization, not by both." : null;
    }
}
