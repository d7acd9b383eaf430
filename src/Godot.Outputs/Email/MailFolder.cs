using System.Globalization;
using Godot.Common;
using MimeKit;

namespace Godot;

/// <summary>
/// A directory of mails as files, named by when they were written: <c>2026-08-01T03-14-15.926Z-0001.eml</c>. A file of such a name is a
/// whole mail that is on the disk: it is
/// written under a name that begins with a dot, and renamed when it is complete.
/// </summary>
sealed class MailFolder(string folder, TimeProvider clock)
{
    const string Unfinished = ".unfinished";

    // Nobody writes a mail for so long: whoever began it has been killed.
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    static readonly FormatOptions Lines = new() { NewLineFormat = NewLineFormat.Unix };

    /// <summary>The folder as people write it: <c>./mail</c>.</summary>
    public string Name => Path.IsPathRooted(folder) ? folder : Path.Join(".", folder);

    /// <summary>
    /// Finds out whether mails can be saved, before there is one, and removes what was left of those that a killed process was writing.
    /// </summary>
    /// <exception cref="ArgumentException">It cannot be written to.</exception>
    public void Check()
    {
        try
        {
            Make();
            foreach (FileInfo left in new DirectoryInfo(folder).EnumerateFiles($".*{Unfinished}"))
                if (clock.GetUtcNow() - left.LastWriteTimeUtc > Longest) left.Delete();
            string probe = NewPath();
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException(
                $"There is no mail server, and mails cannot be saved in {Name}: {e.Message.TrimEnd('.')}. "
                + $"Set {EmailOptions.Variable}, or start the program where it may write.", e);
        }
    }

    /// <summary>
    /// Writes a file that only its owner can read: mails may hold secrets. Returns its path when the file is on the disk; if it throws,
    /// there is none.
    /// </summary>
    public string Save(MimeMessage message)
    {
        Make();
        string unfinished = NewPath();
        try
        {
            Write(message, unfinished);
            string name = Rename(unfinished);
            FolderSync.Sync(folder);
            // Path.Join, so that the default reads ./mail/…
            return Path.Join(Name, name);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    void Make()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    string NewPath() => Path.Join(folder, $".{Guid.NewGuid():N}{Unfinished}");

    static void Write(MimeMessage message, string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        message.WriteTo(Lines, file);
        file.Flush(flushToDisk: true);
    }

    string Rename(string unfinished)
    {
        string time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH-mm-ss.fff'Z'", CultureInfo.InvariantCulture);
        for (int number = 1; ; number++)
        {
            string name = $"{time}-{number.ToString("0000", CultureInfo.InvariantCulture)}.eml";
            // False: somebody's mail of the same millisecond has the name.
            if (FreeName.TryTake(unfinished, Path.Join(folder, name))) return name;
        }
    }
}
