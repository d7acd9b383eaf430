// Mails when a disk will be full within four hours if it goes on filling as it did in the last one; once in these four hours.
// The event is the space that is left: {"host":"db-1","service":"disk/free","metric":81920}, in any unit.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

TimeSpan hour = TimeSpan.FromHours(1);

await GodotServer.Tcp(9876)
    .React("disk-full", Reactor.Where("service", "disk/free")
        .PredictLinear(window: hour, ahead: 4 * hour)
        .Under(0)
        .By("host", host => host.Throttle(1, per: 4 * hour))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
