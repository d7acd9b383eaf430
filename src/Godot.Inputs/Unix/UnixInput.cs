using System.Net;
using System.Net.Sockets;
using Godot.Common;

namespace Godot;

/// <summary>Events over a unix socket.</summary>
sealed class UnixInput : StreamInput
{
    const int Backlog = 1024;

    readonly string path;
    readonly UnixDomainSocketEndPoint endPoint;

    public UnixInput(string path, Func<EventDecoder>? decoder) : base(decoder)
    {
        RecipeRules.NotEmpty(path, "The socket's path", nameof(path));
        this.path = path;
        try
        {
            endPoint = new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ArgumentException($"The unix socket's path is too long for this system; choose a shorter one than {path}.", e);
        }
    }

    public override string Name => $"unix:{path}";

    public override EndPoint EndPoint => endPoint;

    protected override Socket Listen()
    {
        Socket? socket = null;
        try
        {
            if (File.Exists(path)) RemoveStale();
            socket = NewSocket();
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket?.Dispose();
            // The system's word for a missing folder is an address that is not available.
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            string why = Directory.Exists(folder) ? e.Message.TrimEnd('.') : $"there is no folder {folder}";
            throw new InputException($"unix socket {path} cannot be listened on: {why}; check its folder and who may write there.", e);
        }
    }

    protected override void Prepare(Socket connection)
    {
    }

    // A server that was killed leaves its file behind. Only that is removed: not the socket of one that runs, and never an ordinary file.
    void RemoveStale()
    {
        if (!IsSocket()) throw new InputException($"{path} is a file but no socket; remove it or choose another path.");
        using Socket probe = NewSocket();
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        throw new InputException($"unix socket {path} is in use by another program; stop that program or choose another path.");
    }

    // An ordinary file can be opened, a socket cannot; the runtime has no other way to tell them apart.
    bool IsSocket()
    {
        try
        {
            using FileStream ordinary = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
