// Mails what is critical in bundles, one for each service: the first two after a minute, further ones every hour; after an hour without
// any, anew.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

TimeSpan minute = TimeSpan.FromMinutes(1), hour = TimeSpan.FromHours(1);

await GodotServer.Tcp(9876)
    .React("rolled-up", Reactor.Where("state", "critical")
        .By("service", service => service.Rollup(bundles => bundles < 2 ? minute : hour, anewAfter: hour))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
