using System.Globalization;
using Godot.Common;

namespace Godot.Storage;

/// <summary>
/// The snapshots in a data folder: <c>snapshot-12.state</c>. A file of such a name is whole and on the disk, since it gets the name only
/// then; the last two are kept, so that there is one more where the last is damaged all the same.
/// </summary>
/// <param name="folder">Where they are.</param>
/// <param name="program">Whose they are.</param>
sealed class SnapshotFiles(string folder, string program)
{
    const string Before = "snapshot-", Behind = ".state", SetAside = ".damaged", Unfinished = "snapshot.unfinished";
    const int Kept = 2;

    long last = Numbers(folder, Behind + SetAside).Concat(Numbers(folder, Behind)).DefaultIfEmpty().Max();

    /// <summary>The snapshots, the newest first.</summary>
    public IReadOnlyList<string> Paths => [.. Numbers(folder, Behind).OrderDescending().Select(PathOf)];

    /// <summary>The folders beside this one in which another program keeps snapshots.</summary>
    public IReadOnlyList<string> FoldersBeside()
    {
        string full = Path.GetFullPath(folder);
        return Path.GetDirectoryName(full) is { } parent && Directory.Exists(parent)
            ? [.. Directory.EnumerateDirectories(parent).Where(other => other != full && Numbers(other, Behind).Any()).Order()]
            : [];
    }

    /// <summary>Writes the next one, and removes the oldest.</summary>
    /// <param name="moment">When what is written is so.</param>
    /// <param name="write">Writes what the engine holds.</param>
    /// <returns>How many bytes it takes.</returns>
    /// <exception cref="IOException">It could not be written; those that were there still are.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public long Write(DateTimeOffset moment, Action<Stream> write)
    {
        string unfinished = Path.Join(folder, Unfinished);
        long size;
        try
        {
            using FileStream file = DataFolder.Open(unfinished, FileShare.None, FileMode.Create);
            ChecksumStream checksum = new(file);
            using (BufferedStream buffer = new(checksum, 1 << 16))
            {
                new SnapshotHead(program, last + 1, moment).Write(buffer);
                write(buffer);
                buffer.Flush();
                file.Write(checksum.Checksum);
            }
            size = file.Length;
            file.Flush(flushToDisk: true);
        }
        catch
        {
            // Where the disk is full, others need what it takes.
            File.Delete(unfinished);
            throw;
        }
        File.Move(unfinished, PathOf(last + 1));
        FolderSync.Sync(folder);
        last++;
        foreach (string old in Paths.Skip(Kept)) File.Delete(old);
        return size;
    }

    /// <summary>Puts a snapshot where it is not looked for again, and returns its name there.</summary>
    public static string Discard(string path)
    {
        string aside = path + SetAside;
        File.Move(path, aside, overwrite: true);
        return Path.GetFileName(aside);
    }

    string PathOf(long number) => Path.Join(folder, string.Create(CultureInfo.InvariantCulture, $"{Before}{number}{Behind}"));

    // Of the files that are called so. A folder that may not be looked into has none.
    static IEnumerable<long> Numbers(string folder, string behind)
    {
        if (!Directory.Exists(folder)) yield break;
        EnumerationOptions options = new() { IgnoreInaccessible = true };
        foreach (string path in Directory.EnumerateFiles(folder, $"{Before}*{behind}", options))
        {
            string name = Path.GetFileName(path);
            if (long.TryParse(name.AsSpan()[Before.Length..^behind.Length], NumberStyles.None, CultureInfo.InvariantCulture,
                out long number)) yield return number;
        }
    }
}
