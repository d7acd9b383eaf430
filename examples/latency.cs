// Mails when the slowest hundredth of a service's requests takes longer than half a second, over all its hosts, in any minute that has
// at least 100.
// Each request is an event: {"host":"web-1","service":"shop/latency","metric":0.231}, in seconds.
#:project ../src/Godot.Server/Godot.Server.csproj
using Godot;

await GodotServer.Tcp(9876)
    .React("p99-latency", Reactor.Where("service", "*/latency")
        .By("service", service => service.Percentiles(TimeSpan.FromMinutes(1), [0.99], atLeast: 100))
        .Over(0.5)
        .Email(to: "ops@host.com"))
    .RunAsync(args);
