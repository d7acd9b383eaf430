using System.Globalization;
using Godot;

if (args[0] == "mistake")
{
    Recipe rule = Mistakes.Make(args[1]);
    await GodotServer.Tcp(0).React(rule).RunAsync(args[2..]);
    return;
}

// The server program that tests start, signal and kill: a TCP port, a unix socket, then what any server program understands.
GodotServer server = GodotServer.Tcp(int.Parse(args[0], CultureInfo.InvariantCulture), "127.0.0.1")
    .Unix(args[1])
    .React("held", Reactor.Where("service", "held").Rollup(TimeSpan.FromHours(1), limit: 100).Console(e => $"held {e.Metric}"))
    .React("hangs", Reactor.Where("service", "hangs").Where(_ => new ManualResetEventSlim().Wait(Timeout.Infinite)));
// Those that write where the program is run do so when they are asked to.
if (Environment.GetEnvironmentVariable("GODOT_TEST_OUTPUTS") is not null)
{
    server.React("mails", Reactor.Where("service", "mail").Email("ops@host.com", interval: TimeSpan.Zero))
        .React("prints", Reactor.Where("service", "printed").Console());
}
if (Environment.GetEnvironmentVariable("GODOT_TEST_SURVIVAL") is not null)
{
    server.With(new() { StartGrace = TimeSpan.FromSeconds(2), SnapshotEvery = TimeSpan.FromMilliseconds(100) })
        .React("silent", Reactor.Where("service", "beat").Expire(TimeSpan.FromSeconds(2)).Console(e => $"silent {e.Host}"))
        .React("total", Reactor.Where("service", "total").MovingSum(1_000_000).Console(e => $"total {e.Metric}"));
}
if (Environment.GetEnvironmentVariable("GODOT_TEST_MAILS") is { } smtp)
{
    Environment.SetEnvironmentVariable("GODOT_SMTP", $"smtp://127.0.0.1:{smtp}?from=godot@host.com&tls=none");
    server.React("cpu", Reactor.Where("service", "cpu").Alert().Email("ops@host.com", interval: TimeSpan.FromMilliseconds(50)));
}
if (Environment.GetEnvironmentVariable("GODOT_TEST_ALERTS") is not null)
    server.React("burns", Reactor.Where("service", "fire").Alert().Console());
await server.RunAsync(args[2..]);
