// A server and a client in one program, talking over a socket: heartbeats every second for five seconds, then silence, then a mail.
// Run it as it is: dotnet run examples/demo.cs
#:project ../src/Godot.Server/Godot.Server.csproj
using System.Net;
using Godot;

Say("A server watches for heartbeats: three seconds of silence, and it mails user@host.com.");
await using GodotServer server = GodotServer.Tcp(0, "127.0.0.1")
    .React("heartbeats", Reactor.Where("service", "*/health/heartbeat")
                                .Console()
                                .Expire(TimeSpan.FromSeconds(3))
                                .Console()
                                .Email(to: "user@host.com"));
await server.StartAsync();
int port = ((IPEndPoint)server.Inputs[0].EndPoint!).Port;

Say($"A client sends it a heartbeat every second, over TCP to port {port}:");
Producer heartbeat = new() { Host = "app.server.com", Service = "app.server/health/heartbeat", Every = TimeSpan.FromSeconds(1) };
await using (GodotClient client = GodotClient.Tcp("127.0.0.1", port).Produce(heartbeat))
{
    await client.StartAsync();
    await Task.Delay(TimeSpan.FromSeconds(4.5));
    client.Remove(heartbeat);
    Say("The client falls silent. Wait for it …");
    await Task.Delay(TimeSpan.FromSeconds(4));
}
await server.StopAsync();
Say(Environment.GetEnvironmentVariable("GODOT_SMTP") is null
    ? "That is all. Name a mail server in GODOT_SMTP, and the mail goes out."
    : "That is all.");

static void Say(string text) => Console.WriteLine(text);
