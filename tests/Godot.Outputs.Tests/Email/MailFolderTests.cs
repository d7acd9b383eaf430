using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Godot.Outputs.Tests;

public sealed class MailFolderTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("godot-mail-");
    readonly FakeTimeProvider clock = new(Some.Time);

    [Fact]
    public void What_a_killed_process_was_writing_is_removed_when_it_is_an_hour_old()
    {
        FileInfo old = Write(".a.unfinished", Some.Time - TimeSpan.FromMinutes(61));
        FileInfo young = Write(".b.unfinished", Some.Time - TimeSpan.FromMinutes(59));
        FileInfo mail = Write("a.eml", Some.Time - TimeSpan.FromDays(1));
        new MailFolder(folder.FullName, clock).Check();
        Assert.Equal((false, true, true), (File.Exists(old.FullName), File.Exists(young.FullName), File.Exists(mail.FullName)));
    }

    [Fact]
    public void A_mail_that_cannot_be_written_leaves_nothing()
    {
        using MimeMessage broken = Some.Mail(Some.Notification(Some.Heartbeat));
        broken.Body = new MimePart("application", "octet-stream") { Content = new MimeContent(new Unreadable()) };
        Assert.Throws<IOException>(() => new MailFolder(folder.FullName, clock).Save(broken));
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Mails_of_one_millisecond_are_a_file_each_whoever_writes_them()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using MimeMessage mail = Some.Mail(Some.Notification(Some.Heartbeat));
            for (int i = 0; i < 5; i++) new MailFolder(folder.FullName, clock).Save(mail);
        }, TestContext.Current.CancellationToken)));
        IEnumerable<string> names = folder.GetFileSystemInfos().Select(file => file.Name).Order();
        Assert.Equal(Enumerable.Range(1, 40).Select(number => $"2026-08-01T03-14-15.926Z-{number:0000}.eml"), names);
    }

    public void Dispose() => folder.Delete(recursive: true);

    FileInfo Write(string name, DateTimeOffset time)
    {
        FileInfo file = new(Path.Join(folder.FullName, name));
        File.WriteAllText(file.FullName, "half");
        file.LastWriteTimeUtc = time.UtcDateTime;
        return file;
    }

    /// <summary>A disk that fails after some kilobytes.</summary>
    sealed class Unreadable : MemoryStream
    {
        int left = 3;

        public override int Read(byte[] buffer, int offset, int count) =>
            left-- > 0 ? count : throw new IOException("No space left on device");
    }
}
