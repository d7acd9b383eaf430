#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

GodotServer server = GodotServer.Tcp(9876).Udp(9876).Unix(Path.Combine(Path.GetTempPath(), "godot.sock"));

server.React("cpu", Reactor.Where("service", "cpu").Over(50).Email(to: "ops@host.com"))
      .React("cpu-steady", Reactor.Where("service", "cpu").Ewma(alpha: 1 - Math.Exp(-5.0 / 60), atLeast: 12).Over(50)
          .Email(to: "ops@host.com"));

await server.RunAsync(args);
