using System.Globalization;
using Godot;

// The server program that ProgramTests starts, signals and kills: a TCP port, a unix socket, then what any server program understands.
await GodotServer.Tcp(int.Parse(args[0], CultureInfo.InvariantCulture), "127.0.0.1")
    .Unix(args[1])
    .RunAsync(args[2..]);
