using System.ComponentModel;
using System.Diagnostics;

namespace Godot;

/// <summary>
/// This program, started once more with one of its hidden commands. It is told to end by closing its input, and killed if it is still there
/// when this is disposed.
/// </summary>
sealed class PummelProcess : IDisposable
{
    readonly Process process;
    readonly string name;

    PummelProcess(string name, Process process) => (this.name, this.process) = (name, process);

    public static PummelProcess Start(string command, params string[] args)
    {
        (string program, string[] before) = Self();
        ProcessStartInfo start =
            new(program, [.. before, command, .. args]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new(command, Process.Start(start) ?? throw new CommandFailedException($"{command} could not be started."));
    }

    /// <summary>Waits for the line that begins so, and returns the rest of it.</summary>
    public async Task<string> ExpectAsync(string beginning, TimeSpan patience, CancellationToken stop)
    {
        while (await ReadAsync(patience, stop) is { } line)
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return line[beginning.Length..];
        throw new CommandFailedException($"{name} ended too early.");
    }

    /// <summary>Its next line; null if it has ended.</summary>
    public async Task<string?> ReadAsync(TimeSpan patience, CancellationToken stop)
    {
        try
        {
            return await process.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(patience, stop);
        }
        catch (TimeoutException e)
        {
            throw new CommandFailedException($"{name} said nothing for {patience.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>Tells it to end.</summary>
    public void End() => process.StandardInput.Close();

    public void Dispose()
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
        process.WaitForExit(TimeSpan.FromSeconds(5));
        process.Dispose();
    }

    // Under `dotnet godot.dll` and `dotnet run` the process is dotnet; as a tool, or published, it is godot.
    static (string Program, string[] Before) Self()
    {
        string program = Environment.ProcessPath
            ?? throw new CommandFailedException("The system does not tell where this program is, so it cannot be started again.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? (program, ["exec", Path.Combine(AppContext.BaseDirectory, "godot.dll")])
            : (program, []);
    }
}
