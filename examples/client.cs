// examples/client.cs
#:project ../src/Godot.Client/Godot.Client.csproj
using Godot;

await GodotClient.Tcp("localhost", 9876)
    .Produce(new Producer { Host = "app.server.com", Service = "app.server/health/heartbeat", Every = TimeSpan.FromSeconds(15) })
    .RunAsync();
