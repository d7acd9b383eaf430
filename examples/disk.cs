// Mails when a disk will be full within four hours if it goes on filling as it did in the last one; once an hour.
// The event is the space that is left, in any unit, every minute: {"host":"db-1","service":"disk/free","metric":81920}.
// Fewer than 30 of them are no trend.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

TimeSpan hour = TimeSpan.FromHours(1);

await GodotServer.Tcp(9876)
    .React("disk-full", Reactor.Where("service", "disk/free")
        .PredictLinear(window: hour, ahead: 4 * hour, atLeast: 30)
        .Under(0)
        .By("host", host => host.Limit(1, per: hour))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
