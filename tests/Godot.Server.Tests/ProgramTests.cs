using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>A real server program, its signals and its exit codes.</summary>
public class ProgramTests
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    readonly int port = Some.FreePort();
    readonly string path = Some.SocketPath();

    [Theory]
    [InlineData(Signal.Interrupt)]
    [InlineData(Signal.Terminate)]
    public async Task A_signal_ends_it_with_0_within_5_seconds_after_what_came_was_processed(Signal signal)
    {
        using Child program = await Start();
        using Socket socket = Connect();
        socket.Send(Some.Line("a") + "nonsense\n" + Some.Line("b"));

        Stopwatch took = Stopwatch.StartNew();
        program.Send(signal);
        int exitCode = await program.Exit();

        Assert.Equal(0, exitCode);
        // A program that is killed after its five seconds ends with another code. To start and to end takes a busy machine some more.
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Contains("Stopped: 2 events received, 1 rejected, 0 dropped", program.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task What_windows_hold_is_emitted_and_sent_at_the_stop()
    {
        using Child program = await Start();
        using Socket socket = Connect();
        for (int i = 1; i <= 3; i++) socket.Send($$"""{"service":"held","metric":{{i}}}""" + "\n");

        program.Send(Signal.Terminate);

        Assert.Equal(0, await program.Exit());
        Assert.Matches(@"held 1\s+held 2\s+held 3\s+.*Stopped: 3 events received", program.Output);
    }

    [Theory]
    [InlineData(Signal.Interrupt, Signal.Terminate)]
    [InlineData(Signal.Terminate, Signal.Terminate)]
    public async Task A_signal_that_is_passed_on_twice_is_one(Signal first, Signal second)
    {
        using Child program = await Start();
        using Socket socket = Connect();
        socket.Send(Some.Line("a"));

        program.Send(first);
        program.Send(second);
        program.Send(first);

        Assert.Equal(0, await program.Exit());
        Assert.Contains("Stopped: 1 events received", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_signal_after_a_second_ends_it_at_once()
    {
        using Child program = await Start("--http", "127.0.0.1:0");
        using Socket socket = Connect();
        socket.Send(Some.Line("hangs"));
        Uri metrics = new($"{program.Output[program.Output.IndexOf("http://", StringComparison.Ordinal)..].Split('\n')[0].Trim()}/metrics");
        using HttpClient http = new();
        while (!(await http.GetStringAsync(metrics, Cancelled)).Contains($"received_total{{input=\"tcp:127.0.0.1:{port}\"}} 1",
            StringComparison.Ordinal)) await Task.Yield();

        Stopwatch took = Stopwatch.StartNew();
        program.Send(Signal.Interrupt);
        while (await IsReady(http, new Uri(metrics, "/readyz"))) await Task.Yield();
        // It counts as the same signal for a second, of the program's own clock.
        while (took.Elapsed < TimeSpan.FromSeconds(1.2)) await Task.Yield();
        program.Send(Signal.Interrupt);

        Assert.NotEqual(0, await program.Exit());
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4.5));
    }

    [Fact]
    public async Task A_reactor_that_hangs_is_said_and_does_not_hold_up_the_exit()
    {
        using Child program = await Start();
        using Socket socket = Connect();
        socket.Send(Some.Line("hangs"));

        Stopwatch took = Stopwatch.StartNew();
        program.Send(Signal.Terminate);

        Assert.Equal(1, await program.Exit());
        // Five, and what a busy machine takes to end a process; without the limit it would be for ever.
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Contains("The stop was given up after 00:00:05: a reactor or an output hangs", program.Output, StringComparison.Ordinal);
    }

    static async Task<bool> IsReady(HttpClient http, Uri readyz)
    {
        using HttpResponseMessage answer = await http.GetAsync(readyz, Cancelled);
        return answer.IsSuccessStatusCode;
    }

    [Fact]
    public async Task After_kill_9_it_starts_again_at_once()
    {
        using Child first = await Start();
        using Socket socket = Connect();
        socket.Send(Some.Line("a"));
        first.Send(Signal.Kill);
        await first.Exit();
        Assert.True(File.Exists(path));

        using Child second = await Start();
        using Socket again = Connect();
        second.Send(Signal.Terminate);

        Assert.Equal(0, await second.Exit());
    }

    [Fact]
    public async Task A_second_program_on_the_same_port_says_one_sentence_and_exits_with_1()
    {
        using Child first = await Start();
        using Child second = Run(Some.SocketPath());

        Assert.Equal(1, await second.Exit());

        Assert.Equal($"tcp port {port} is in use by another program; stop that program or choose another port.", second.Error.TrimEnd());
        first.Send(Signal.Kill);
    }

    [Fact]
    public async Task Http_can_be_asked_for_on_the_command_line()
    {
        int httpPort = Some.FreePort();
        using Child program = await Start("--http", $"127.0.0.1:{httpPort}");
        using HttpClient http = new();

        Assert.Equal("ok\n", await http.GetStringAsync(new Uri($"http://127.0.0.1:{httpPort}/readyz"), Cancelled));
        program.Send(Signal.Kill);
    }

    // Whether another program has the port, a test cannot know.
    [Fact]
    public async Task Without_a_word_it_serves_http_on_loopback_or_says_why_not()
    {
        using Child program = new("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), $"{port}", path, "--data", "none"]);
        await program.Says($"Listening on unix:{path}");

        Assert.Matches("for this machine alone on http://127.0.0.1:9877\\s|port 9877 is in use by another program; .*The server goes on",
            program.Output);
        program.Send(Signal.Terminate);
        Assert.Equal(0, await program.Exit());
    }

    async Task<Child> Start(params string[] args)
    {
        Child program = Run(path, args);
        await program.Says($"Listening on unix:{path}");
        return program;
    }

    Child Run(string path, params string[] args) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), $"{port}", path, "--data", "none",
            .. args.Contains("--http") ? args : [.. args, "--http", "none"]]);

    Socket Connect()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
