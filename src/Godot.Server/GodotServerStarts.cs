namespace Godot;

/// <summary>How a server's statement begins: <c>GodotServer.Tcp(9876).React(…)</c>.</summary>
public static class GodotServerStarts
{
    extension(GodotServer)
    {
        /// <inheritdoc cref="GodotServer.Tcp(int, string?, Allow?, Func{EventDecoder}?)"/>
        public static GodotServer Tcp(int port, string? address = null, Allow? allow = null, Func<EventDecoder>? decoder = null) =>
            new GodotServer().Tcp(port, address, allow, decoder);

        /// <inheritdoc cref="GodotServer.Udp(int, string?, Allow?, Func{EventDecoder}?)"/>
        public static GodotServer Udp(int port, string? address = null, Allow? allow = null, Func<EventDecoder>? decoder = null) =>
            new GodotServer().Udp(port, address, allow, decoder);

        /// <inheritdoc cref="GodotServer.Unix(string, Func{EventDecoder}?)"/>
        public static GodotServer Unix(string path, Func<EventDecoder>? decoder = null) => new GodotServer().Unix(path, decoder);

        /// <inheritdoc cref="GodotServer.Input(Input)"/>
        public static GodotServer Input(Input input) => new GodotServer().Input(input);
    }
}
