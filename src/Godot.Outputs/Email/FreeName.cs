using System.Runtime.InteropServices;
using System.Text;

namespace Godot;

/// <summary>
/// Renames a file to a name that nobody has, whoever else may want it at the same moment. .NET looks first and renames then: one of two
/// would be gone.
/// </summary>
static class FreeName
{
    /// <summary>False: there is a file of that name.</summary>
    public static bool TryTake(string file, string name)
    {
        // A second name for the file, which the system refuses if it is taken; then the first one goes.
        if (!OperatingSystem.IsWindows() && Link(Terminated(file), Terminated(name)) == 0)
        {
            File.Delete(file);
            return true;
        }
        if (File.Exists(name)) return false;
        try
        {
            // Windows does it in one step; a file system that knows no second names does as well as it can.
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(Path.GetFullPath(path) + '\0');

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Link(byte[] file, byte[] name);
}
