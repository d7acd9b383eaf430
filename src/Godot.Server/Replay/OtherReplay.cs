using System.ComponentModel;
using System.Diagnostics;
using Godot.Common;

namespace Godot;

/// <summary>A replay that another program runs: its lines, and what it says besides.</summary>
sealed class OtherReplay : IDisposable
{
    readonly string name;
    readonly Process process;
    readonly TextWriter error;
    readonly Task<string> said;

    /// <exception cref="IOException">It cannot be started.</exception>
    public OtherReplay(string program, ReplayOptions options, TextWriter error)
    {
        this.error = error;
        name = Path.GetFileName(program);
        ProcessStartInfo start = ServerProgram.Start(program, options.ToArguments());
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} cannot be started: {e.Message}.", e);
        }
        said = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its lines. What else it prints, as a compiler's warnings or a reactor of its own may, is said with its name.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public async IAsyncEnumerable<ReplayLine> ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } text)
        {
            if (ReplayLine.Parse(text) is { } line) yield return line;
            else await SayAsync(text).ConfigureAwait(false);
        }
        foreach (string text in (await said.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await SayAsync(text).ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0) throw new IOException($"{name} did not replay the events; its exit code was {process.ExitCode}.");
    }

    Task SayAsync(string text) => error.WriteLineAsync($"{name}: {PlainText.Printable(text)}");

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
