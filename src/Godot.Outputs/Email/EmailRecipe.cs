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
        To = string.Join(", ", Addresses(to).Select(a => a.ToString()));
        Subject = subject is null ? null : new EmailTemplate(subject, nameof(subject));
        Body = body is null ? null : new EmailTemplate(body, nameof(body));
        Interval = interval ?? UsualInterval;
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.Zero, nameof(interval));
    }

    public override string Name => "email";
    public string To { get; }
    public EmailTemplate? Subject { get; }
    public EmailTemplate? Body { get; }
    public override TimeSpan Interval { get; }

    public override string Preview(Notification notification)
    {
        // Also of what is not sent over TLS: a mail has numbers that nobody else has.
        OpenSsl.Need("Email");
        using MimeMessage message = new EmailText(this, new MailboxAddress("Godot", "godot@localhost"), TimeProvider.System).Write([notification]);
        return $"{message.Subject}\n\n{message.TextBody}";
    }

    public override IOutput Open(OutputContext context)
    {
        OpenSsl.Need("Email");
        EmailOptions options = EmailOptions.Find(context.Services, Environment.GetEnvironmentVariable(EmailOptions.Variable));
        EmailText text = new(this, options.Sender, context.Clock);
        MailFolder folder = new(options.Folder, context.Clock);
        ILogger log = context.Loggers.CreateLogger<EmailRecipe>();
        return options.Host is null
            ? new EmailFolderOutput(text, folder, Console.Out, context.IsFirst(EmailOptions.Variable) ? log : NullLogger.Instance)
            : new EmailOutput(text, folder, options, context.Clock, log);
    }

    public override async Task<string?> TryAsync(OutputContext context, CancellationToken stop)
    {
        OpenSsl.Need("Email");
        EmailOptions options = EmailOptions.Find(context.Services, Environment.GetEnvironmentVariable(EmailOptions.Variable));
        if (options.Host is null) return $"no mail server is named: mails become files in {options.Folder}.";
        return await EmailAttempt.RunAsync(options, stop).ConfigureAwait(false);
    }

    public override string ToString()
    {
        string text = $"Email({Recipe.Quote(To)}";
        if (Subject is not null) text += $", subject: {Recipe.Quote(Subject.Text)}";
        if (Body is not null) text += $", body: {Recipe.Quote(Body.Text)}";
        if (Interval != UsualInterval) text += $", interval: {RecipeText.Of(Interval)}";
        return text + ")";
    }

    static IEnumerable<MailboxAddress> Addresses(string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        // MimeKit's lenient way, meant for received mail, would skip what it does not understand.
        ParserOptions strict = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false };
        if (!InternetAddressList.TryParse(strict, to, out InternetAddressList? list) || list.Count == 0)
            throw new ArgumentException($"\"{PlainText.Line(to)}\" is no address; write one, or several with commas between them: \"ops@host.com, dev@host.com\".", nameof(to));
        foreach (InternetAddress address in list)
            yield return address is MailboxAddress { Domain.Length: > 0, LocalPart.Length: > 0 } mailbox
                ? mailbox
                : throw new ArgumentException($"\"{PlainText.Line(address.ToString())}\" is no address of the form \"ops@host.com\".", nameof(to));
    }
}
