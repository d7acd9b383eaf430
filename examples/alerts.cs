// An incident's life in half a minute: opened, escalated because nobody answers, acknowledged, resolved; and every decision, with its
// reason.
// Run it as it is: dotnet run examples/alerts.cs
#:project ../src/Godot.Server/Godot.Server.csproj
using System.Net;
using Godot;

TimeSpan second = TimeSpan.FromSeconds(1);

// Short times, so that you need not wait; in earnest they are minutes and hours.
Policy pager = Policy.Email("ops@host.com", interval: TimeSpan.Zero)
    .Repeat(every: 8 * second)
    .Escalate(after: 6 * second, Policy.Email("boss@host.com", interval: TimeSpan.Zero));

await using GodotServer server = GodotServer.Tcp(0, "127.0.0.1")
    .React("cpu", Reactor.Where("service", "cpu")
        .Alert(critical: e => e.Metric > 95, warning: e => e.Metric > 90, clear: e => e.Metric < 80, after: 2 * second)
        .Notify(pager));
await server.StartAsync();

await using GodotClient client = GodotClient.Tcp("127.0.0.1", ((IPEndPoint)server.Inputs[0].EndPoint!).Port);

Say("The processor of host app is at 97 %. That must hold for two seconds.");
await LoadAsync(97, seconds: 9);

Say("Nobody has answered for six seconds, so the boss has a mail as well. Ann takes it on: no reminders while she is at it.");
server.Acknowledge("cpu", by: "ann", note: "looking at it", until: 10 * second);
await LoadAsync(97, seconds: 8);

Say("She has found it. Below 80 % it is over, and whoever was told of it hears that.");
await LoadAsync(60, seconds: 2);
await server.StopAsync();

Say("What was decided, and why:");
foreach (LedgerLine line in server.Ledger()) Console.WriteLine($"  {line}");

async Task LoadAsync(double metric, int seconds)
{
    for (int i = 0; i < seconds; i++)
    {
        await client.SendAsync(new Event { Host = "app", Service = "cpu", Metric = metric });
        await Task.Delay(second);
    }
}

static void Say(string text) => Console.WriteLine(text);
