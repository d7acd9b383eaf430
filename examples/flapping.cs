// Mails when the state of a service changes and stays so for a minute: one that goes back and forth is not told of until it settles.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

await GodotServer.Tcp(9876)
    .React("steady-changes", Reactor.Where("service", "*/health")
        .Stable(TimeSpan.FromMinutes(1))
        .ChangedState(initially: "ok")
        .Email(to: "ops@host.com"))
    .RunAsync(args);
