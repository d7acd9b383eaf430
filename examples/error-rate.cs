// Mails when more than 1 % of a service's requests of the last five minutes have failed, if there were at least 100: not for a single
// bad one, and once an hour.
// Each request is an event: {"host":"web-1","service":"shop/requests","state":"ok"}, or "error".
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

TimeSpan minute = TimeSpan.FromMinutes(1);

await GodotServer.Tcp(9876)
    .React("error-rate", Reactor.Where("service", "*/requests")
        .Map(e => e with { Metric = e.State == "error" ? 100 : 0, Description = "percent of the requests of five minutes failed" })
        .By("service", service => service
            .MovingAverage(5 * minute, atLeast: 100)
            .Over(1)
            .Limit(1, per: 60 * minute))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
