using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Godot;

/// <summary>
/// A program that runs beside a test, and not longer than it. Its standard input stays open, and ends with the test's process.
/// </summary>
sealed class Child : IDisposable
{
    readonly Process process;
    readonly StringBuilder output = new(), error = new();

    /// <param name="program">A path, or the name of a program that <c>./test.sh</c> installs.</param>
    /// <param name="folder">Where it runs, and what it takes for the folder of temporary files; the test's own if null.</param>
    /// <param name="variable">A variable of its environment that is set.</param>
    /// <param name="value">To what.</param>
    public Child(string program, IEnumerable<string> arguments, string? folder = null, string? variable = null, string value = "1")
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        if (folder is not null) start.Environment["TMPDIR"] = folder;
        if (variable is not null) start.Environment[variable] = value;
        // Where a service manager runs the tests, that is not the program's folder.
        start.Environment.Remove("STATE_DIRECTORY");
        // With a mail server of whoever runs the tests, mails would go out instead of into files.
        start.Environment.Remove("GODOT_SMTP");
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            Assert.Fail($"{program} cannot be started ({e.Message}); ./test.sh installs what the tests need.");
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(output);

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Error => Text(error);

    public bool HasExited => process.HasExited;

    /// <summary>Writes to its standard input, and ends that.</summary>
    public void Write(string text)
    {
        process.StandardInput.Write(text);
        process.StandardInput.Close();
    }

    /// <summary>Waits until it has written a text to its standard output; fails when it ends without that.</summary>
    public async Task Says(string text)
    {
        await Eventually.True(() => HasSaid(text) || HasExited, ToString);
        if (!HasSaid(text)) await Exit();
        if (!HasSaid(text)) Assert.Fail($"It ended without saying \"{text}\". {this}");
    }

    public void Send(Signal signal) => Assert.Equal(0, Signals.Send(process.Id, signal));

    /// <summary>Waits for its end, and for all that it wrote; returns its exit code.</summary>
    public async Task<int> Exit(TimeSpan? patience = null)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(patience ?? TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end. {this}");
        }
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    public override string ToString() =>
        $"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} wrote:\n{Output}{Error}";

    bool HasSaid(string text) => Output.Contains(text, StringComparison.Ordinal);

    static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}

static class Signals
{
    /// <summary>Returns 0 if there is such a process.</summary>
    public static int Send(int process, Signal signal) => Kill(process, (int)signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}

public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
