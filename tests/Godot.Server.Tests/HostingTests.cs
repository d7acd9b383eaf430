using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

public class HostingTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_starts_and_stops_it_with_its_loggers_clock_and_services()
    {
        Seen seen = new();
        LogLines log = new();
        FakeTimeProvider clock = new();
        Asks asks = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ILoggerFactory>(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddGodot(s => s.Tcp(0, "127.0.0.1").React("seen", seen.Recipe).React("asks", Reactor.Empty.To(asks)));
        using IHost host = builder.Build();
        await host.StartAsync(Stop);
        GodotServer server = host.Services.GetRequiredService<GodotServer>();

        server.Send(Transport.Tcp, """{"service":"a"}""");

        Event e = (await seen.Count(1))[0];
        Assert.Equal(clock.GetUtcNow(), e.Time);
        Assert.Same(clock, asks.Context!.Services!.GetService<TimeProvider>());
        await host.StopAsync(Stop);
        Assert.Contains("Running reactor seen: ", string.Join('\n', log.All), StringComparison.Ordinal);
        Assert.Contains("Stopped: 1 events received, 0 rejected, 0 dropped", log.All);
    }

    [Fact]
    public async Task A_host_whose_server_cannot_listen_does_not_start()
    {
        await using GodotServer first = Senders.OnLoopback(Transport.Tcp);
        await first.StartAsync(Stop);
        int port = ((System.Net.IPEndPoint)first.Inputs[0].EndPoint!).Port;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGodot(s => s.Tcp(port, "127.0.0.1"));
        using IHost host = builder.Build();

        await Assert.ThrowsAsync<InputException>(() => host.StartAsync(Stop));
    }

    sealed record Asks : OutputRecipe, IOutput
    {
        public OutputContext? Context { get; private set; }

        public override string Name => "asks";

        public override IOutput Open(OutputContext context)
        {
            Context = context;
            return this;
        }

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
