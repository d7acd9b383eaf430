using System.Text;

namespace Godot;

/// <summary>What a command reads and writes: the process's own, or a test's.</summary>
/// <param name="InputIsRedirected">Whether the input is a pipe or a file: nobody types there.</param>
sealed record Terminal(Stream Input, bool InputIsRedirected, TextWriter Output, TextWriter Error)
{
    public static Terminal OfProcess() =>
        new(Console.OpenStandardInput(), Console.IsInputRedirected, OutputOfProcess(),
            Console.Error) { OutputIsTerminal = !Console.IsOutputRedirected };

    /// <summary>Whether somebody looks at the output, and no program reads it.</summary>
    public bool OutputIsTerminal { get; init; }

    static TextWriter OutputOfProcess() => PipeOutput.OfProcess() is { } pipe
        ? TextWriter.Synchronized(new StreamWriter(pipe, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true })
        : Console.Out;

    /// <summary>Waits until nothing more can be read.</summary>
    public async Task EndOfInputAsync(CancellationToken stop)
    {
        byte[] ignored = new byte[64];
        while (await Input.ReadAsync(ignored, stop) > 0)
        {
        }
    }
}
