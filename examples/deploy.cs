// Mails when a deploy is not followed, on its host and within five minutes, by a heartbeat that says all is well.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

await GodotServer.Tcp(9876)
    .React("deploy", Reactor.By("host", host => host
        .When("service", "deploy")
        .NotFollowedBy(e => e.Service == "heartbeat" && e.State == "ok", within: TimeSpan.FromMinutes(5)))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
