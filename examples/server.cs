// examples/server.cs
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

await GodotServer.Tcp(9876)
    .React(Reactor.Where("service", "*/health/heartbeat")
                  .Expire(TimeSpan.FromSeconds(60))
                  .Email(to: "user@host.com"))
    .RunAsync(args);
