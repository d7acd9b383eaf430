// Mails when more than 1 % of a service's requests have failed, for five minutes: not for a single bad one, and once an hour.
// Each request is an event: {"host":"web-1","service":"shop/requests","state":"ok"}, or "error".
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

TimeSpan minute = TimeSpan.FromMinutes(1);

await GodotServer.Tcp(9876)
    .React("error-rate", Reactor.Where("service", "*/requests")
        .Map(e => e with { Metric = e.State == "error" ? 100 : 0, Description = "percent of the requests of a minute failed" })
        .By("service", service => service
            .MovingAverage(minute)
            .For(5 * minute, e => e.Metric > 1)
            .Throttle(1, per: 60 * minute))
        .Email(to: "ops@host.com"))
    .RunAsync(args);
