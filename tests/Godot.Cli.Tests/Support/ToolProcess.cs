using System.Diagnostics;

namespace Godot.Cli.Tests;

/// <summary>The tool as a process of its own, and all that it starts: they carry a mark by which they are found.</summary>
sealed class ToolProcess : IDisposable
{
    readonly string mark = $"GODOT_TEST_MARK={Guid.NewGuid():N}";
    readonly Process process;

    public ToolProcess(params string[] args)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "godot"), args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] pair = mark.Split('=');
        start.Environment[pair[0]] = pair[1];
        process = Process.Start(start)!;
    }

    public int Id => process.Id;

    public int Code => process.ExitCode;

    public StreamWriter Input => process.StandardInput;

    public StreamReader Output => process.StandardOutput;

    public StreamReader Error => process.StandardError;

    public Task EndAsync() => process.WaitForExitAsync().WaitAsync(Tool.Patience);

    public void Kill() => process.Kill();

    /// <summary>How many processes carry the mark. Where there is no /proc, none is found.</summary>
    public int CountMarked() => !Directory.Exists("/proc") ? 0 : Directory.EnumerateDirectories("/proc").Count(IsMarked);

    public async Task<bool> NoneIsLeftAsync()
    {
        for (int tries = 0; tries < 100; tries++)
        {
            if (CountMarked() == 0) return true;
            await Task.Delay(100);
        }
        return false;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    // A process that has ended, but was not waited for yet, has an empty environment.
    bool IsMarked(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "environ")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
