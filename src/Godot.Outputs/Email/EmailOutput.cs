using Godot.Common;
using MailKit.Net.Smtp;
using MimeKit;

namespace Godot;

/// <summary>
/// Mails over SMTP. What a server refuses for good (5xx, once it has let us in) is undeliverable. Anything else is thrown and tried
/// again: also a refused login, because accounts are unlocked and passwords put right on the server's side, and an alert should then still
/// arrive.
/// </summary>
sealed class EmailOutput(EmailText text, MailFolder folder, EmailOptions options, TimeProvider clock) : IOutput
{
    // So long a server may think about a mail that it has (RFC 5321, 4.5.3.2.6): whoever goes away sooner sends it twice.
    static readonly TimeSpan Thinking = TimeSpan.FromMinutes(10);

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        TimeSpan limit = options.Timeout;
        using CancellationTokenSource late = new(limit, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using MimeMessage message = text.Write(notifications);
        Mailer mailer = new(options);
        bool sent = false;
        try
        {
            await mailer.SendOneAsync(message, text.Recipients, () => late.CancelAfter(limit = Thinking), end.Token).ConfigureAwait(false);
            sent = true;
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server {options.Host}:{options.ActualPort} took longer than {limit}.", e);
        }
        catch (SmtpCommandException e) when (mailer.IsIn && (int)e.StatusCode >= 500)
        {
            string said = PlainText.Cut(PlainText.Line(e.Message), 500);
            throw new UndeliverableException($"The mail server {options.Host} refuses the mail to {Whom}: {(int)e.StatusCode} {said}", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What MailKit and sockets say names neither the server nor the user.
            throw new IOException($"{options} does not take the mail to {Whom}: {PlainText.Cut(PlainText.Line(e.Message), 500)}", e);
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
