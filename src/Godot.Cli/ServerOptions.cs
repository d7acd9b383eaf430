using System.CommandLine;

namespace Godot;

/// <summary>What commands that send have in common.</summary>
static class ServerOptions
{
    /// <summary>The option of every command that sends.</summary>
    public static Option<ServerAddress> To() => new("--to")
    {
        Description = "The server: tcp://HOST:PORT, udp://HOST:PORT or unix:///PATH",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => ServerAddress.Usual,
        CustomParser = Parsing.By(ServerAddress.Parse),
    };

    /// <summary>The option of every command that sends many events.</summary>
    public static Option<bool> Pack() =>
        new("--pack") { Description = "Over UDP, as many events in a datagram as wait and fit; without it, one" };
}
