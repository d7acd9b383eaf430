using System.Globalization;
using MimeKit;

namespace Godot;

/// <summary>A directory of mails as files, named by when they were written: <c>2026-08-01T03-14-15.926Z-0001.eml</c>.</summary>
sealed class MailFolder(string folder, TimeProvider clock)
{
    static readonly FormatOptions Lines = new() { NewLineFormat = NewLineFormat.Unix };

    /// <summary>The folder as people write it: <c>./mail</c>.</summary>
    public string Name => Path.IsPathRooted(folder) ? folder : Path.Join(".", folder);

    /// <summary>Finds out whether mails can be saved, before there is one.</summary>
    /// <exception cref="ArgumentException">They cannot.</exception>
    public void Check()
    {
        try
        {
            Make();
            string probe = Path.Join(folder, $".{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"There is no mail server, and mails cannot be saved in {Name}: {e.Message.TrimEnd('.')}. Set {EmailOptions.Variable}, or start the program where it may write.", e);
        }
    }

    /// <summary>Writes a file that only its owner can read: mails may hold secrets. Returns its path.</summary>
    public string Save(MimeMessage message)
    {
        Make();
        using FileStream file = Create();
        message.WriteTo(Lines, file);
        // Path.Join, so that the default reads ./mail/…
        return Path.Join(Name, Path.GetFileName(file.Name));
    }

    void Make()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    FileStream Create()
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH-mm-ss.fff'Z'", CultureInfo.InvariantCulture);
        for (int number = 1; ; number++)
        {
            string path = Path.Join(folder, $"{time}-{number.ToString("0000", CultureInfo.InvariantCulture)}.eml");
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody's mail of the same millisecond.
            }
        }
    }
}
