using Godot.Storage;

namespace Godot;

public sealed partial class GodotServer
{
    /// <summary>
    /// The whole life of a server program: reads its command line (<c>--help</c> shows it), starts, waits for Ctrl-C or SIGTERM, stops.
    /// Sets the exit code: 0, 1 for a server that cannot run as configured or whose stop lost something, 2 for a command line that is not
    /// understood.
    /// </summary>
    /// <param name="args">The program's arguments.</param>
    public async Task RunAsync(params string[] args) =>
        Environment.ExitCode = await ServerCommand.RunAsync(this, args, Console.Out, Console.Error, DataFolder.PathOf(Program), UsualHttp)
            .ConfigureAwait(false);
}
