using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Godot;

/// <summary>What a command reads and writes: the process's own, or a test's.</summary>
/// <param name="InputIsRedirected">Whether the input is a pipe or a file: nobody types there.</param>
sealed record Terminal(Stream Input, bool InputIsRedirected, TextWriter Output, TextWriter Error)
{
    public static Terminal OfProcess() =>
        new(Console.OpenStandardInput(), Console.IsInputRedirected, Pipe() ?? Console.Out, Console.Error) { OutputIsTerminal = !Console.IsOutputRedirected };

    /// <summary>Whether somebody looks at the output, and no program reads it.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>True if an error says that nobody reads what is written any more: <c>godot tail | head</c> has seen enough.</summary>
    public static bool IsEndOfReader(IOException error)
    {
        // EPIPE on every Unix; the runtime hands it on as it is.
        const int BrokenPipe = 32;
        return error.HResult == BrokenPipe;
    }

    // The console's own writer drops without a word what nobody reads, and the command would go on for ever.
    static StreamWriter? Pipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return null;
        FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file has no reader, and what else writes to it must not be written over.
        return output.CanSeek ? null : new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
    }

    /// <summary>Waits until nothing more can be read.</summary>
    public async Task EndOfInputAsync(CancellationToken stop)
    {
        byte[] ignored = new byte[64];
        while (await Input.ReadAsync(ignored, stop) > 0)
        {
        }
    }
}
