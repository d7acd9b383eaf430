using System.Text;

namespace Godot;

/// <summary>A file of recorded events, and what a server's reactors make of it.</summary>
sealed class Recorded : IDisposable
{
    readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public string Write(string lines, string name = "events.jsonl") => Write(Encoding.UTF8.GetBytes(lines), name);

    public string Write(byte[] bytes, string name)
    {
        string path = Path.Join(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>What is printed, and what is said besides.</summary>
    public static async Task<(string Output, string Error)> Replay(GodotServer server, ReplayOptions options)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        await new Replay(server, options, output, error).RunAsync();
        return (Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public async Task<string> Replay(GodotServer server, string lines, string? until = null) =>
        (await Replay(server, new ReplayOptions([Write(lines)], until is null ? null : Parsing.Time(until), null))).Output;

    public void Dispose() => folder.Dispose();
}
