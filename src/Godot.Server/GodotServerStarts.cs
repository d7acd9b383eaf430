namespace Godot;

/// <summary>How a server's statement begins: <c>GodotServer.Tcp(9876).React(…)</c>.</summary>
public static class GodotServerStarts
{
    extension(GodotServer)
    {
        /// <inheritdoc cref="GodotServer.Tcp(int, string?, Allow?)"/>
        public static GodotServer Tcp(int port, string? address = null, Allow? allow = null) => new GodotServer().Tcp(port, address, allow);

        /// <inheritdoc cref="GodotServer.Udp(int, string?, Allow?)"/>
        public static GodotServer Udp(int port, string? address = null, Allow? allow = null) => new GodotServer().Udp(port, address, allow);

        /// <inheritdoc cref="GodotServer.Unix(string)"/>
        public static GodotServer Unix(string path) => new GodotServer().Unix(path);
    }
}
