using Godot;

await new GodotServer()
    .File("events.json")
    .React("busy", Reactor.Where("service", "cpu").Over(50).Console())
    .RunAsync(args);
