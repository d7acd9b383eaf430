namespace Godot.Storage;

/// <summary>What a process leaves that was killed.</summary>
static class Killed
{
    /// <summary>Copies a store's files as they are while it is open.</summary>
    public static void Copy(string folder, string to)
    {
        foreach (string file in Directory.EnumerateFiles(folder, $"{SqliteStore.FileName}*"))
            File.Copy(file, Path.Join(to, Path.GetFileName(file)));
    }
}
