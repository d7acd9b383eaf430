using Microsoft.Extensions.Logging;
using MimeKit;

namespace Godot;

/// <summary>
/// What <c>Email</c> does where there is no mail server: a file for each mail, and a line on the terminal that says where it is.
/// </summary>
sealed partial class EmailFolderOutput : IOutput
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

    public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        (string path, string subject) = Save(notifications);
        console.WriteLine($"mail for {text.To}: {path} - {subject}");
        return Task.CompletedTask;
    }

    public string? Abandon(IReadOnlyList<Notification> notifications) => $"The mail was saved as {Save(notifications).Path}.";

    (string Path, string Subject) Save(IReadOnlyList<Notification> notifications)
    {
        using MimeMessage message = text.Write(notifications);
        return (folder.Save(message), message.Subject ?? "");
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "There is no mail server: mails are saved in {Folder} and nobody is mailed. Set {Variable} to "
        + "smtp://user:password@mail.example.com:587, or add EmailOptions to the services.")]
    static partial void LogNobody(ILogger log, string folder, string variable);
}
