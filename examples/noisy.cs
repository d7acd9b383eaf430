// Mails what is critical in bundles, one for each service: the first two after a minute, further ones every hour.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

await GodotServer.Tcp(9876)
    .React("rolled-up", Reactor.Where("state", "critical")
        .By("service", service => service.Rollup(bundles => bundles < 2 ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1)))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
