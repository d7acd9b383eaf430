using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot;

/// <summary>A process that may open few files.</summary>
public class DescriptorsTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10_000, 256, long.MaxValue, 100, 10_000, 256)]
    [InlineData(10_000, 256, 65_536, 100, 10_000, 256)]
    [InlineData(10_000, 256, 1024, 100, 621, 207)]
    [InlineData(10_000, 0, 1024, 100, 828, 0)]
    [InlineData(500, 256, 1024, 100, 500, 256)]
    [InlineData(10_000, 2, 1024, 100, 826, 2)]
    [InlineData(10_000, 256, 64, 60, 4, 4)]
    public void They_are_shared_so_that_some_are_left_for_the_rest_of_the_process(int streams, int http, long limit, int open,
        int mayStreams, int mayHttp) =>
        Assert.Equal(new Descriptors(mayStreams, mayHttp), new Descriptors(streams, http).Within(limit, open));

    [Theory]
    [InlineData("http")]
    [InlineData("tcp")]
    [InlineData("both")]
    public async Task More_connections_than_it_may_open_files_are_refused_and_survived(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says how many files a process may open.");
        int port = Some.FreePort();
        // Everything that is only loaded when it is needed is still to be loaded when they come.
        using Child program = new("bash",
            ["-c", "ulimit -n 400; exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"),
                $"{port}", Some.SocketPath(), "--data", "none", "--http", "127.0.0.1:0"]);
        await program.Says("Listening on unix:");
        Uri http = new(program.Lines.First(line => line.Contains("http://", StringComparison.Ordinal)).Split(' ')[^1]);
        Assert.Contains("This process may open 400 files: at most", program.Output, StringComparison.Ordinal);

        List<Socket> sockets = [];
        for (int i = 0; i < 500; i++)
        {
            if (kind != "tcp") sockets.Add(Connect(http.Port, "GET /met"));
            if (kind != "http") sockets.Add(Connect(port, "{\"service\":"));
        }
        await Eventually.True(() => program.HasExited
            || program.Output.Contains("closed a new connection because", StringComparison.Ordinal), program.ToString);
        sockets.ForEach(socket => socket.Dispose());

        using HttpClient client = new();
        await Eventually.True(() =>
        {
            Assert.False(program.HasExited, program.ToString());
            try
            {
                return client.GetStringAsync(new Uri(http, "/metrics"), Stop).GetAwaiter().GetResult()
                    .Contains(kind == "tcp" ? "godot_connections_refused_total{" : "godot_http_refused_total{reason=\"too_many\"} ",
                        StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, program.ToString);
        Connect(port, Some.Line("x")).Dispose();
        program.Send(Signal.Terminate);
        Assert.Equal(0, await program.Exit());
        Assert.Contains("Stopped: 1 events received", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Out of memory", program.Error, StringComparison.Ordinal);
    }

    static Socket Connect(int port, string text)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        try
        {
            socket.Send(Encoding.UTF8.GetBytes(text));
        }
        catch (SocketException)
        {
            // It was refused already.
        }
        return socket;
    }

    [Fact]
    public async Task A_connection_too_many_over_http_is_closed_and_counted()
    {
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Unix).Http("127.0.0.1:0")
                .With(new() { MaxHttpConnections = 2, Engine = new() { LoggerFactory = log } });
        await server.StartAsync(Stop);
        using Socket first = Connect(server.HttpEndPoint!.Port, ""), second = Connect(server.HttpEndPoint.Port, "");
        await Eventually.True(() => server.Run!.Http!.Open == 2);
        for (int i = 0; i < 3; i++)
        {
            using Socket third = Connect(server.HttpEndPoint.Port, "");
            Assert.True(await third.IsClosed());
        }
        Assert.Equal(3, server.Run!.Http!.TooMany);
        Assert.Single(log.Warnings);

        first.Dispose();
        await Eventually.True(() => server.Run!.Http!.Open == 1);
        using HttpClient http = new();
        Assert.Equal("ok\n", await http.GetStringAsync(new Uri($"http://{server.HttpEndPoint}/healthz"), Stop));
    }
}
