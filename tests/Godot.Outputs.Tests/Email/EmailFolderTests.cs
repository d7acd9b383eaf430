using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Godot.Outputs.Tests;

public sealed class EmailFolderTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("godot-mail-");
    readonly FakeTimeProvider clock = new(Some.Time);
    readonly LogLines log = new();
    readonly StringWriter console = new();

    [Fact]
    public async Task Each_mail_is_a_file_and_a_line_on_the_terminal()
    {
        IOutput output = Open();
        Event e = Some.Heartbeat with { State = "\u001b[2Jexpired" };
        await output.SendAsync(Some.Notification(e), TestContext.Current.CancellationToken);
        await output.SendAsync(Some.Notification(e), TestContext.Current.CancellationToken);
        string[] files = [.. folder.GetDirectories("mail")[0].GetFiles().Select(f => f.Name).Order()];
        Assert.Equal(["2026-08-01T03-14-15.926Z-0001.eml", "2026-08-01T03-14-15.926Z-0002.eml"], files);
        string path = Path.Join(folder.FullName, "mail", files[0]);
        Assert.Equal($"mail for ops@host.com: {path} - [ [2Jexpired] app.server/health/heartbeat on app.server.com",
            console.ToString().Split(Environment.NewLine)[0]);
        Assert.Equal("ops@host.com", (await MimeMessage.LoadAsync(path, TestContext.Current.CancellationToken)).To.ToString());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void It_says_at_once_that_nobody_is_mailed()
    {
        Open();
        Assert.StartsWith(
            $"Warning: There is no mail server: mails are saved in {Path.Join(folder.FullName, "mail")} and nobody is mailed. Set "
                + $"GODOT_SMTP to ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_had_is_refused_at_the_start()
    {
        File.WriteAllText(Path.Join(folder.FullName, "mail"), "in the way");
        ArgumentException refused = Assert.Throws<ArgumentException>(() => { Open(); });
        Assert.StartsWith("There is no mail server, and mails cannot be saved in ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        console.Dispose();
    }

    EmailFolderOutput Open()
    {
        EmailText text = new(new EmailRecipe("ops@host.com", null, null, null), new MailboxAddress("Godot", "godot@host.com"), clock);
        return new(text, new MailFolder(Path.Join(folder.FullName, "mail"), clock), console, log);
    }
}
