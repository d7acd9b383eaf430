namespace Godot;

/// <summary>How a server's statement begins: <c>GodotServer.Tcp(9876).React(…)</c>.</summary>
public static class GodotServerStarts
{
    extension(GodotServer)
    {
        /// <inheritdoc cref="GodotServer.Tcp(int, string?)"/>
        public static GodotServer Tcp(int port, string? address = null) => new GodotServer().Tcp(port, address);

        /// <inheritdoc cref="GodotServer.Udp(int, string?)"/>
        public static GodotServer Udp(int port, string? address = null) => new GodotServer().Udp(port, address);

        /// <inheritdoc cref="GodotServer.Unix(string)"/>
        public static GodotServer Unix(string path) => new GodotServer().Unix(path);
    }
}
