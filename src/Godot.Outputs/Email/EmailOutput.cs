using Godot.Common;
using MailKit.Net.Smtp;
using MimeKit;

namespace Godot;

/// <summary>
/// Mails over SMTP. What a server refuses for good (5xx, once it has let us in) is undeliverable. Anything else is thrown and tried
/// again: also a refused login, because accounts are unlocked and passwords put right on the server's side, and an alert should then still
/// arrive. Until the first byte of the mail itself, nobody has it.
/// </summary>
sealed class EmailOutput(EmailText text, MailFolder folder, EmailOptions options, TimeProvider clock) : IMessageOutput
{
    // So long a server may think about a mail that it has (RFC 5321, 4.5.3.2.6): whoever goes away sooner sends it twice.
    static readonly TimeSpan Thinking = TimeSpan.FromMinutes(10);

    public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id) => text.Compose(notifications, id);

    public async Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        TimeSpan limit = options.Timeout;
        using CancellationTokenSource late = new(limit, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using MimeMessage mail = EmailText.Read(message);
        Mailer mailer = new(options);
        bool sent = false;
        try
        {
            await mailer.SendOneAsync(mail, text.Recipients, () => late.CancelAfter(limit = Thinking), end.Token).ConfigureAwait(false);
            sent = true;
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            string why = $"The mail server {options.Host}:{options.ActualPort} took longer than {limit}.";
            throw mailer.HasBegun ? new TimeoutException(why, e) : new NotTakenException(why, e);
        }
        catch (SmtpCommandException e) when (mailer.IsIn && (int)e.StatusCode >= 500)
        {
            string said = PlainText.Cut(PlainText.Line(e.Message), 500);
            throw new UndeliverableException($"The mail server {options.Host} refuses the mail to {Whom}: {(int)e.StatusCode} {said}", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What MailKit and sockets say names neither the server nor the user.
            string why = $"{options} does not take the mail to {Whom}: {PlainText.Cut(PlainText.Line(e.Message), 500)}";
            // Without the answer to the mail itself, it may have it.
            throw mailer.HasBegun && e is not SmtpCommandException ? new IOException(why, e) : new NotTakenException(why, e);
        }
        finally
        {
            if (sent) _ = mailer.LeaveAsync(clock);
            else mailer.Dispose();
        }
    }

    public string? Abandon(IReadOnlyList<Notification> notifications)
    {
        using MimeMessage message = text.Write(notifications);
        return $"The mail to {Whom} was saved as {folder.Save(message)}.";
    }

    string Whom => string.Join(", ", text.Recipients.Select(recipient => recipient.Address));
}
