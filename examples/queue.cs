// Mails when more goes into a queue than comes out of it, for ten minutes, whatever host puts in and whatever host takes out; once an hour.
// An event says how many there were since the one before: {"host":"web-1","service":"orders/in","metric":120}, and so "orders/out".
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

TimeSpan minute = TimeSpan.FromMinutes(1);

await GodotServer.Tcp(9876)
    .React("queue-grows", Reactor.Where("service", "orders/*")
        .Map(e => e.Service == "orders/out" ? e with { Metric = -e.Metric } : e)
        .Across(all => all
            .MovingAverage(5 * minute, atLeast: 6)
            .For(10 * minute, e => e.Metric > 0)
            .Limit(1, per: 60 * minute))
        .With(service: "orders")
        .Email(to: "ops@host.com"))
    .RunAsync(args);
