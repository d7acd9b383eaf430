using System.IO.Compression;
using ZstdSharp;

namespace Godot;

/// <summary>
/// Files of recorded events, one after the other: as they are, packed if the name ends in .gz or .zst, or the standard input for <c>-</c>.
/// </summary>
sealed class ReplayFiles(IReadOnlyList<string> paths) : IDisposable
{
    public const string StandardInput = "-";

    // The file that is being read, and its contents.
    int next;
    Stream file = Stream.Null, contents = Stream.Null;
    long before;

    /// <summary>How many bytes the files have, as they are on disk; null if that cannot be known.</summary>
    public long? Length { get; } = paths.All(path => File.Exists(path)) ? paths.Sum(path => new FileInfo(path).Length) : null;

    /// <summary>How many of them were read.</summary>
    public long Position => before + (file.CanSeek ? file.Position : 0);

    /// <summary>Opens the next file; false if there is none.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public bool Next()
    {
        Dispose();
        if (next == paths.Count) return false;
        string path = paths[next++];
        try
        {
            file = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
        contents = Unpacked(path, file);
        return true;
    }

    /// <summary>Reads on in that file, unpacked; 0 at its end.</summary>
    /// <exception cref="IOException">It cannot be read, or is not packed as its name says.</exception>
    public int Read(Span<byte> to)
    {
        try
        {
            return contents.Read(to);
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new IOException($"{paths[next - 1]} is damaged, or not packed as its name says: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        before = Position;
        contents.Dispose();
        file.Dispose();
        contents = file = Stream.Null;
    }

    static Stream Unpacked(string path, Stream file) => Path.GetExtension(path) switch
    {
        ".gz" => new GZipStream(file, CompressionMode.Decompress),
        ".zst" => new DecompressionStream(file, leaveOpen: false),
        _ => file,
    };
}
