namespace Godot.Cli.Tests;

public class HeartbeatTests
{
    [Fact]
    public async Task Beats_until_it_is_stopped()
    {
        using LineListener listener = new();
        using CancellationTokenSource stop = new();
        Task<Tool> run =
            Tool.RunAsync(["heartbeat", "--to", listener.Address, "--service", "app/health/heartbeat", "--host", "h", "--every", "50ms",
                "--ttl", "3s"], stop: stop.Token);

        using StreamReader lines = await listener.AcceptAsync();
        for (int i = 0; i < 3; i++)
        {
            Event e = Event.Parse((await lines.ReadLineAsync().WaitAsync(Tool.Patience))!);
            Assert.Equal(("h", "app/health/heartbeat", "ok", TimeSpan.FromSeconds(3)), (e.Host, e.Service, e.State, e.Ttl));
        }
        await stop.CancelAsync();

        Assert.Equal(new Tool(0, $"Connected to {listener.Address}.{Environment.NewLine}", ""), await run);
    }

    [Fact]
    public async Task A_beat_is_valid_for_four_intervals()
    {
        using LineListener listener = new();
        using CancellationTokenSource stop = new();
        Task<Tool> run = Tool.RunAsync(["heartbeat", "--to", listener.Address, "--service", "s", "--every", "7s"], stop: stop.Token);

        using StreamReader lines = await listener.AcceptAsync();
        Event e = Event.Parse((await lines.ReadLineAsync().WaitAsync(Tool.Patience))!);
        await stop.CancelAsync();
        await run;

        Assert.Equal((Environment.MachineName, TimeSpan.FromSeconds(28)), (e.Host, e.Ttl));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told_once_and_made_again()
    {
        using LineListener listener = new();
        using CancellationTokenSource stop = new();
        Task<Tool> run = Tool.RunAsync(["heartbeat", "--to", listener.Address, "--service", "s", "--every", "50ms"], stop: stop.Token);

        (await listener.AcceptAsync()).Dispose();
        using StreamReader again = await listener.AcceptAsync();
        Assert.NotNull(await again.ReadLineAsync().WaitAsync(Tool.Patience));
        await stop.CancelAsync();

        Tool tool = await run;
        Assert.Equal(2, tool.Output.Split("Connected to ").Length - 1);
        Assert.Single(tool.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries),
            line => line.StartsWith($"Not connected to {listener.Address}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_let_this_machine_in_is_quoted()
    {
        using StringWriter output = new(), error = new();
        await using GodotServer server =
            GodotServer.Tcp(0, "127.0.0.1").With(new() { IsThisMachine = _ => false }).React(Reactor.Where("service", "s"));
        await server.StartAsync();
        string address = $"tcp://127.0.0.1:{((System.Net.IPEndPoint)server.Inputs[0].EndPoint!).Port}";
        await using GodotClient client = ServerAddress.Parse(address).Connect();
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ConnectionChanged += new ConnectionTalk(address, output, error).Say;
        client.ConnectionChanged += (_, change) =>
        {
            if (change.State == ConnectionState.Disconnected) gone.TrySetResult();
        };
        await client.StartAsync();
        await gone.Task.WaitAsync(Tool.Patience);

        Assert.Matches($"^Not connected to {address}: 127.0.0.1 may not send here: .*--allow 127.0.0.1, .* in its program. Trying again.",
            error.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_does_not_read_what_it_says_does_not_stop_it(bool error)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell.");
        using LineListener listener = new();
        // The pipe is full before it begins.
        string full = $"head -c 65536 /dev/zero {(error ? ">&2" : "")}; exec \"$0\" \"$@\"";
        System.Diagnostics.ProcessStartInfo start = new("sh", ["-c", full, Path.Combine(AppContext.BaseDirectory, "godot"),
            "heartbeat", "--to", listener.Address, "--service", "s", "--every", "20ms"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        try
        {
            // It is told that it is connected, that it is not, and that it is again.
            (await listener.AcceptAsync()).Dispose();
            using StreamReader lines = await listener.AcceptAsync();
            for (int i = 0; i < 10; i++) Assert.NotNull(await lines.ReadLineAsync().WaitAsync(Tool.Patience));
            using System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(Tool.Patience);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task A_ttl_of_0_is_warned_of()
    {
        using LineListener listener = new();
        using CancellationTokenSource stop = new();
        Task<Tool> run = Tool.RunAsync(["heartbeat", "--to", listener.Address, "--service", "s", "--ttl", "0"], stop: stop.Token);
        using StreamReader lines = await listener.AcceptAsync();
        await lines.ReadLineAsync().WaitAsync(Tool.Patience);
        await stop.CancelAsync();
        Assert.StartsWith("Warning: a ttl of 0 is over as soon as the event arrives", (await run).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interval_of_nothing_is_refused()
    {
        Tool tool = await Tool.RunAsync(["heartbeat", "--service", "s", "--every", "0"]);

        Assert.Equal((2, "--every must be between 1 ms and 49 days."), (tool.Code, tool.Error.TrimEnd()));
    }
}
