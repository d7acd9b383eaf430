using System.Diagnostics;

namespace Godot;

/// <summary>A server program, whatever it is: a C# file, which <c>dotnet run</c> builds, an assembly or an executable.</summary>
static class ServerProgram
{
    /// <summary>How it is started with these words on its command line.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ProcessStartInfo Start(string path, IEnumerable<string> words)
    {
        string file = Path.GetFullPath(path);
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no program {path}; name a server program's .cs file, .dll or executable.");
        return Path.GetExtension(file) switch
        {
            ".cs" => new ProcessStartInfo("dotnet", ["run", "-c", "Release", "--file", file, "--", .. words]),
            ".dll" => new ProcessStartInfo("dotnet", [file, .. words]),
            _ => new ProcessStartInfo(file, words),
        };
    }
}
