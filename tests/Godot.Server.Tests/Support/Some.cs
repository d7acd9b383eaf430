using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>Things that tests need and do not care about.</summary>
static class Some
{
    /// <summary>A recipe of one stage.</summary>
    public static Reactor Stage(Func<Stage> make) => Reactor.Empty.Then(make);

    public static Reactor Recipe() => Stage(() => new Pass());

    public static string Line(string service) => $$"""{"host":"h","service":"{{service}}","metric":1}""" + "\n";

    public static string SocketPath() => Path.Combine(Path.GetTempPath(), $"godot-{Guid.NewGuid():N}.sock");

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    sealed class Pass : Stage
    {
        public override void On(EventView e) => Send(e);
    }
}
