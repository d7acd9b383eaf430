using System.Runtime.InteropServices;
using System.Text;

namespace Godot.Common;

/// <summary>
/// Has a folder's names written to the disk, for which .NET has no call: a file that was renamed and then the power failed may otherwise be
/// gone.
/// </summary>
static class FolderSync
{
    /// <summary>As well as it can: there are file systems that cannot, and the file itself is written.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int handle = Open(Encoding.UTF8.GetBytes(Path.GetFullPath(folder) + '\0'), 0);
        if (handle < 0) return;
        _ = FSync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int FSync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Close(int handle);
}
