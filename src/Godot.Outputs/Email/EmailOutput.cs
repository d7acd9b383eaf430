using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Godot;

/// <summary>
/// Mails over SMTP. What a server refuses for good (5xx to the sender, all recipients or the message) is undeliverable. Anything else is thrown and tried
/// again: also a refused login, because accounts are unlocked and passwords put right on the server's side, and an alert should then still arrive.
/// </summary>
sealed partial class EmailOutput(EmailText text, MailFolder folder, EmailOptions options, TimeProvider clock, ILogger log) : IOutput
{
    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        using CancellationTokenSource late = new(options.Timeout, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        using MimeMessage message = text.Write(notifications);
        using Mailer mailer = new(options);
        try
        {
            await mailer.SendOneAsync(message, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server {options.Host}:{options.ActualPort} took longer than {options.Timeout}.", e);
        }
        catch (SmtpCommandException e) when (IsForGood(e))
        {
            string refusals = mailer.Refused.Count > 0 ? string.Join(" ", mailer.Refused) : $"{(int)e.StatusCode} {PlainText.Line(e.Message)}";
            throw new UndeliverableException($"The mail server {options.Host} refuses the mail to {text.To}: {refusals}", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What MailKit and sockets say names neither the server nor the user.
            throw new IOException($"{options} does not take the mail to {text.To}: {PlainText.Line(e.Message)}", e);
        }
        foreach (string refusal in mailer.Refused) LogRefused(text.To, refusal);
    }

    public string Abandon(IReadOnlyList<Notification> notifications)
    {
        using MimeMessage message = text.Write(notifications);
        return $"The mail was saved as {folder.Save(message)}.";
    }

    static bool IsForGood(SmtpCommandException e) => (int)e.StatusCode >= 500 &&
        e.ErrorCode is SmtpErrorCode.SenderNotAccepted or SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail to {To} reached only some of them: {Refusal}")]
    partial void LogRefused(string to, string refusal);
}
