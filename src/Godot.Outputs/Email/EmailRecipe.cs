using Godot.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Godot;

/// <summary>Mails to one list of recipients, as a recipe names them.</summary>
sealed record EmailRecipe : OutputRecipe
{
    static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">An address or a template is not well-formed, or the interval is negative.</exception>
    public EmailRecipe(string to, string? subject, string? body, TimeSpan? interval)
    {
        RecipeRules.Refuse(Placeholders.Refusal(to, "Email"), nameof(to));
        To = string.Join(", ", Addresses(to).Select(a => a.ToString()));
        Subject = subject is null ? null : new EmailTemplate(subject, nameof(subject));
        Body = body is null ? null : new EmailTemplate(body, nameof(body));
        Interval = interval ?? UsualInterval;
        RecipeRules.NotNegative(Interval, "Email's interval", nameof(interval));
    }

    public override string Name => "email";

    public override string ChannelName => $"email:{(Recipient is { } one ? one.Address : To)}";

    public override bool IsDurable => true;

    public override string QueueKey => string.Join('\0', To, Recipient, Subject?.Text ?? "\0", Body?.Text ?? "\0", Interval);

    public string To { get; }

    /// <summary>The one of them that a part of this output mails; null: all.</summary>
    public MailboxAddress? Recipient { get; private init; }

    public IEnumerable<MailboxAddress> Mailboxes => InternetAddressList.Parse(To).Mailboxes;
    public EmailTemplate? Subject { get; }
    public EmailTemplate? Body { get; }
    public override TimeSpan Interval { get; }

    // EmailOptions.Timeout, and what a server may think about a mail.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    public override string Preview(Notification notification)
    {
        // Also of what is not sent over TLS: a mail has numbers that nobody else has.
        OpenSsl.Need("Email");
        using MimeMessage message =
            new EmailText(this, new MailboxAddress("Godot", "godot@localhost"), TimeProvider.System).Write([notification]);
        return $"{message.Subject}\n\n{message.TextBody}";
    }

    /// <summary>One for each recipient; where there is no mail server, a mail is one file whoever it is for.</summary>
    public override IEnumerable<OutputRecipe> Parts(OutputContext context) =>
        Options(context).Host is null || Mailboxes.Count() == 1 ? [this] : Mailboxes.Select(one => this with { Recipient = one });

    public override IOutput Open(OutputContext context)
    {
        OpenSsl.Need("Email");
        EmailOptions options = Options(context);
        EmailText text = new(this, options.Sender, context.TimeProvider);
        MailFolder folder = new(options.Folder, context.TimeProvider);
        if (options.Host is not null) return new EmailOutput(text, folder, options, context.TimeProvider);
        ILogger log = context.IsFirst(EmailOptions.Variable) ? context.LoggerFactory.CreateLogger<EmailRecipe>() : NullLogger.Instance;
        return new EmailFolderOutput(text, folder, BackgroundWriter.Of(Console.Out), log);
    }

    public override async Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
    {
        OpenSsl.Need("Email");
        EmailOptions options = Options(context);
        if (options.Host is null) return $"no mail server is named: mails become files in {options.Folder}.";
        return await EmailAttempt.RunAsync(options, cancellationToken).ConfigureAwait(false);
    }

    static EmailOptions Options(OutputContext context) =>
        EmailOptions.Find(context.Services, Environment.GetEnvironmentVariable(EmailOptions.Variable));

    public override string ToString()
    {
        string text = $"Email({RecipeText.Quote(To)}";
        if (Subject is not null) text += $", subject: {RecipeText.Quote(Subject.Text)}";
        if (Body is not null) text += $", body: {RecipeText.Quote(Body.Text)}";
        if (Interval != UsualInterval) text += $", interval: {RecipeText.Of(Interval)}";
        return text + ")";
    }

    static IEnumerable<MailboxAddress> Addresses(string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        // MimeKit's lenient way, meant for received mail, would skip what it does not understand.
        ParserOptions strict = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false };
        if (!InternetAddressList.TryParse(strict, to, out InternetAddressList? list) || list.Count == 0)
            throw new ArgumentException(
                $"\"{PlainText.Line(to)}\" is not an address; write one, or several with commas between them: "
                    + "\"ops@host.com, dev@host.com\".",
                nameof(to));
        foreach (InternetAddress address in list)
            yield return address is MailboxAddress { Domain.Length: > 0, LocalPart.Length: > 0 } mailbox
                ? mailbox
                : throw new ArgumentException($"\"{PlainText.Line(address.ToString())}\" is not an address of the form \"ops@host.com\".",
                    nameof(to));
    }
}
