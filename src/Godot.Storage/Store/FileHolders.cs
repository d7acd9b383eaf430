namespace Godot.Storage;

/// <summary>Which processes have a file open, as far as Linux lets us see.</summary>
static class FileHolders
{
    /// <summary>Such as <c>process 4711 (server)</c>; null if that cannot be seen.</summary>
    public static string? Of(string path)
    {
        if (!Directory.Exists("/proc/self/fd")) return null;
        // What systemd gives as the state's directory may be a link.
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string full = Path.Join(Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder, Path.GetFileName(path));
        string[] holders = [.. Directory.EnumerateDirectories("/proc")
            .Where(process => Path.GetFileName(process).All(char.IsAsciiDigit) && HasOpen(process, full))
            .Select(process => $"process {Path.GetFileName(process)}{NameOf(process)}")];
        return holders.Length == 0 ? null : string.Join(" and ", holders);
    }

    // Processes end while we look, and those of others do not let us.
    static bool HasOpen(string process, string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"{process}/fd").Any(fd => new FileInfo(fd).LinkTarget == path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string NameOf(string process)
    {
        try
        {
            return $" ({File.ReadAllText($"{process}/comm").TrimEnd()})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
