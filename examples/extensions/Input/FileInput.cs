using Godot;

/// <summary>Events out of a file: one that was recorded, a named pipe, a device.</summary>
public sealed class FileInput(string path, Func<EventDecoder>? decoder = null) : Input(decoder)
{
    FileStream? file;

    public override string Name => $"file:{path}";

    protected override void Open()
    {
        if (!File.Exists(path)) throw new InputException($"There is no file {path} to read events from; create it, or name another.");
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using EventFeed feed = OpenFeed();
        await feed.ReadAsync(file!, cancellationToken);
    }

    protected override void Close() => file!.Dispose();
}

public static class FileInputs
{
    extension(GodotServer server)
    {
        /// <summary>Reads a file once, from its beginning to its end; JSON lines where no other decoder is given.</summary>
        public GodotServer File(string path, Func<EventDecoder>? decoder = null) => server.Input(new FileInput(path, decoder));
    }
}
