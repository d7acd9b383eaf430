using System.Runtime.InteropServices;

namespace Godot.Storage;

/// <summary>A folder that is gone after the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("godot-").FullName;

    public string PathOf(string name) => System.IO.Path.Join(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A disk of its own, as small as a test wants it; only root may make one.</summary>
sealed class SmallDisk : IDisposable
{
    const ulong ReadOnlyDisk = 1, Again = 32;

    readonly TemporaryFolder folder = new();

    public SmallDisk(int bytes)
    {
        if (!OperatingSystem.IsLinux() || Mount("tmpfs", Path, "tmpfs", 0, $"size={bytes}") != 0)
        {
            folder.Dispose();
            Assert.Skip("A disk of its own needs Linux and root.");
        }
    }

    public string Path => folder.Path;

    public void MakeReadOnly() => Assert.Equal(0, Mount("tmpfs", Path, "tmpfs", ReadOnlyDisk | Again, null));

    public void Dispose()
    {
        Assert.Equal(0, Unmount(Path));
        folder.Dispose();
    }

    [DllImport("libc", EntryPoint = "mount", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Mount(string source, string target, string type, ulong flags, string? data);

    [DllImport("libc", EntryPoint = "umount", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Unmount(string target);
}
