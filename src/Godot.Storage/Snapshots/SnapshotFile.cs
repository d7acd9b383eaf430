namespace Godot.Storage;

/// <summary>A snapshot on disk that is whole: its checksum is right.</summary>
sealed class SnapshotFile : IDisposable
{
    SnapshotFile(FileStream stream, SnapshotHead head) => (Body, Head) = (stream, head);

    public SnapshotHead Head { get; }

    public string Path => ((FileStream)Body).Name;

    /// <summary>Stands where the engine's bytes begin; those say themselves where they end.</summary>
    public Stream Body { get; }

    /// <exception cref="InvalidDataException">It is damaged, or none that this program can read; the message says why, after the file's
    /// name.</exception>
    public static SnapshotFile Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            SnapshotHead head = SnapshotHead.Read(stream);
            long body = stream.Position;
            CheckSum(stream);
            stream.Position = body;
            return new SnapshotFile(stream, head);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose() => Body.Dispose();

    static void CheckSum(FileStream stream)
    {
        stream.Position = 0;
        Span<byte> written = stackalloc byte[ChecksumStream.Size];
        long length = stream.Length - written.Length;
        byte[] sum = length > 0 ? ChecksumStream.Of(stream, length) : [];
        stream.ReadExactly(written);
        if (!written.SequenceEqual(sum)) throw new InvalidDataException("is damaged: it was cut off or changed since it was written");
    }
}
