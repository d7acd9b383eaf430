using System.IO.Pipelines;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// Replays the same events through this program's reactors and through those of another one, at the same time, and shows where they differ.
/// </summary>
sealed class ReplayComparison(GodotServer server, ReplayOptions options, TextWriter output, TextWriter error, bool atTerminal)
{
    /// <summary>True if both emit the same.</summary>
    /// <exception cref="IOException">A file cannot be read, or the other program does not replay it.</exception>
    /// <exception cref="ArgumentException">The reactors cannot run as they are.</exception>
    public async Task<bool> RunAsync(string program)
    {
        if (options.Files.Contains(ReplayFiles.StandardInput))
            throw new ArgumentException(
                "The standard input can be read only once, and --diff reads the events twice; write them to a file first.");
        using OtherReplay other = new(program, options, error);
        // Neither runs far ahead of the other: a pipe holds little.
        Pipe pipe = new();
        Task own = Task.Run(() => ReplayAsync(pipe.Writer));
        ReplayDifference difference = new(output, atTerminal);
        await difference.CompareAsync(ReadAsync(pipe.Reader), other.ReadAsync()).ConfigureAwait(false);
        await own.ConfigureAwait(false);
        foreach ((string reactor, (long equal, long missing, long added)) in difference.Counts)
            await error.WriteLineAsync($"{PlainText.Printable(reactor)}: {equal} equal, {missing} missing (-), {added} added (+)")
                .ConfigureAwait(false);
        return difference.IsNone;
    }

    // What goes wrong is thrown to whoever reads the lines.
    async Task ReplayAsync(PipeWriter writer)
    {
        try
        {
            using Stream lines = writer.AsStream(leaveOpen: true);
            await new Replay(server, options, lines, error).RunAsync().ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await writer.CompleteAsync(e).ConfigureAwait(false);
        }
    }

    static async IAsyncEnumerable<ReplayLine> ReadAsync(PipeReader reader)
    {
        using StreamReader lines = new(reader.AsStream(), Encoding.UTF8);
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line) yield return ReplayLine.Parse(line)!;
    }
}
