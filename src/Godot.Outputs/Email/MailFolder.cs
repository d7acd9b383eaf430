using System.Globalization;
using MimeKit;

namespace Godot;

/// <summary>A directory of mails as files, named by when they were written: <c>2026-08-01T03-14-15.926Z-0001.eml</c>.</summary>
sealed class MailFolder(string folder, TimeProvider clock)
{
    static readonly FormatOptions Lines = new() { NewLineFormat = NewLineFormat.Unix };

    /// <summary>Writes a file that only its owner can read: mails may hold secrets. Returns its path.</summary>
    public string Save(MimeMessage message)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using FileStream file = Create();
        message.WriteTo(Lines, file);
        // Path.Join, so that the default reads ./mail/…
        return Path.IsPathRooted(folder) ? file.Name : Path.Join(".", folder, Path.GetFileName(file.Name));
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
