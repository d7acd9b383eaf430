using Godot;

await GodotServer.Tcp(9876)
    .React("busy", Reactor.Where("service", "cpu").Over(50).Logbook("alerts.log"))
    .React("busy-minutes", Reactor.Where("service", "cpu").Over(50).TimeWindow(TimeSpan.FromMinutes(1)).Logbook("alerts.log"))
    .RunAsync(args);
