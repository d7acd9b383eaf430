using Microsoft.Extensions.Logging;
using MimeKit;

namespace Godot;

/// <summary>
/// What <c>Email</c> does where there is no mail server: a file for each mail, and a line on the terminal that says where it is.
/// </summary>
sealed partial class EmailFolderOutput : IMessageOutput
{
    readonly EmailText text;
    readonly MailFolder folder;
    readonly TextWriter console;

    public EmailFolderOutput(EmailText text, MailFolder folder, TextWriter console, ILogger log)
    {
        (this.text, this.folder, this.console) = (text, folder, console);
        folder.Check();
        LogNobody(log, folder.Name, EmailOptions.Variable);
    }

    public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id) => text.Compose(notifications, id);

    public Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using MimeMessage mail = EmailText.Read(message);
        try
        {
            console.WriteLine($"mail for {text.To}: {folder.Save(mail)} - {mail.Subject}");
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotTakenException(e.Message, e);
        }
    }

    public string? Abandon(IReadOnlyList<Notification> notifications)
    {
        using MimeMessage mail = text.Write(notifications);
        return $"The mail was saved as {folder.Save(mail)}.";
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "There is no mail server: mails are saved in {Folder} and nobody is mailed. Set {Variable} to "
        + "smtp://user:password@mail.example.com:587, or add EmailOptions to the services.")]
    static partial void LogNobody(ILogger log, string folder, string variable);
}
