using MailKit.Net.Smtp;
using MimeKit;

namespace Godot;

/// <summary>
/// One mail, one connection: mails are rare, a minute apart at most, and servers close what is idle for longer. A connection that
/// was kept would be found broken just when it is needed.
/// </summary>
sealed class Mailer : SmtpClient
{
    readonly EmailOptions options;

    public Mailer(EmailOptions options)
    {
        this.options = options;
        // Whether a certificate was revoked is asked of its issuer over HTTP, which a server behind a firewall often cannot do. Issuer, name and
        // dates are checked all the same.
        CheckCertificateRevocation = false;
        if (options.Trust is not null) ServerCertificateValidationCallback = options.Trust;
    }

    /// <summary>Recipients that the server refuses for good, each with what it said.</summary>
    public List<string> Refused { get; } = [];

    public async Task SendOneAsync(MimeMessage message, CancellationToken stop)
    {
        await ConnectAsync(options.Host!, options.ActualPort, options.Security, stop).ConfigureAwait(false);
        if (options.User is not null) await AuthenticateAsync(options.User, options.Password ?? "", stop).ConfigureAwait(false);
        await SendAsync(message, stop).ConfigureAwait(false);
        try
        {
            await DisconnectAsync(quit: true, stop).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The server has the mail: to fail now would send it twice.
        }
    }

    // One address of several that does not exist must not keep the mail from the others. One that is to be tried later does: the whole mail is sent again then,
    // and nobody has it twice.
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if ((int)response.StatusCode < 500) base.OnRecipientNotAccepted(message, mailbox, response);
        else Refused.Add($"{mailbox.Address}: {(int)response.StatusCode} {PlainText.Line(response.Response)}.");
    }
}
