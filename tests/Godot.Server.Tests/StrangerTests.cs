using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Godot;

/// <summary>Who gets in. Most of these take this machine's own connections for a stranger's; the last has a real one.</summary>
public class StrangerTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static GodotServerOptions Strange(LogLines log) => new() { IsThisMachine = _ => false, Engine = new() { LoggerFactory = log } };

    [Fact]
    public async Task A_stranger_is_told_in_one_line_of_JSON_what_to_write_and_not_heard()
    {
        LogLines log = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).With(Strange(log)).React(Some.Recipe());
        await server.StartAsync(Stop);
        int port = ((IPEndPoint)server.Inputs[0].EndPoint!).Port;

        for (int i = 1; i <= 3; i++)
        {
            using Socket socket = server.Connect(Transport.Tcp);
            socket.Send(Some.Line("x"));
            string told = await Rest(socket);
            Assert.EndsWith("}\n", told, StringComparison.Ordinal);
            Assert.Equal(
                "127.0.0.1 may not send here: this server hears its own machine alone. To let it in, start the server with --allow "
                    + "127.0.0.1, "
                + $"or write Tcp({port}, allow: Allow.From(\"127.0.0.1\")) in its program.",
                JsonDocument.Parse(told).RootElement.GetProperty("error").GetString());
            Assert.Equal(i, server.Counters().Strangers);
        }

        Assert.Equal((0, 0, 0), (server.Counters().Received, server.Counters().AllRejected, server.Counters().Opened));
        Assert.Contains("--allow 127.0.0.1", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_that_stay_are_let_go_after_half_a_second_and_take_nobodys_place()
    {
        const int Many = 3 * Strangers.AtOnce;
        Seen seen = new();
        LogLines log = new();
        string path = Some.SocketPath();
        await using GodotServer server =
            GodotServer.Tcp(0, "127.0.0.1").Unix(path).With(Strange(log) with { MaxConnections = 1 }).React(seen.Recipe);
        await server.StartAsync(Stop);

        // They read nothing, and never close.
        List<Socket> staying = [.. Enumerable.Range(0, Many).Select(_ => server.Connect(Transport.Tcp))];
        await Eventually.True(() => server.Counters().Strangers == Many);
        server.Send(Transport.Unix, Some.Line("own"));
        await seen.Count(1);

        foreach (Socket socket in staying) await Rest(socket);
        staying.ForEach(socket => socket.Dispose());
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    public async Task Who_is_named_is_heard(Transport transport)
    {
        Seen seen = new();
        LogLines log = new();
        Allow allow = Allow.From("127.0.0.0/8", "::1");
        await using GodotServer server =
            (transport == Transport.Tcp ? GodotServer.Tcp(0, allow: allow) : GodotServer.Udp(0, allow: allow)).With(Strange(log))
            .React(seen.Recipe);
        await server.StartAsync(Stop);

        await SendTo(server, transport, Some.Line("x"));

        await seen.Count(1);
        Assert.Equal(0, server.Counters().Strangers);
        Assert.Contains($"Listening on {server.Inputs[0].Name} for this machine and 127.0.0.0/8, ::1", string.Join('\n', log.All),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datagrams_of_strangers_are_dropped_and_counted()
    {
        Seen seen = new();
        LogLines log = new();
        // An address says where to bind, and no more.
        await using GodotServer server =
            GodotServer.Udp(0, "0.0.0.0").Udp(0, allow: Allow.From("10.0.0.0/8")).With(Strange(log)).React(seen.Recipe);
        await server.StartAsync(Stop);

        for (int input = 0; input < 2; input++)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(IPAddress.Loopback, ((IPEndPoint)server.Inputs[input].EndPoint!).Port);
            socket.Send(Some.Line("x"));
            socket.Send("");
            await Eventually.True(() => server.Counters(input).Strangers == 2);
        }

        Assert.Empty(seen.Services);
        Assert.Equal(0, server.Counters().Bytes);
    }

    [Fact]
    public async Task All_of_one_family_are_not_those_of_the_other_and_the_start_warns()
    {
        LogLines log = new();
        await using GodotServer server = GodotServer.Udp(0, allow: Allow.From("::/0")).With(Strange(log)).React(Some.Recipe());
        await server.StartAsync(Stop);

        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, ((IPEndPoint)server.Inputs[0].EndPoint!).Port);
        socket.Send(Some.Line("x"));

        await Eventually.True(() => server.Counters() is { Strangers: 1, Received: 0 }, () => $"{server.Counters()}");
        Assert.Contains(log.Warnings,
            w => w.EndsWith("lets in anyone who reaches it, without a password; Allow.From names those who may", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Anyone_is_let_in_if_it_is_said_and_the_start_warns()
    {
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server =
            GodotServer.Tcp(0, allow: Allow.Anyone).Udp(0, allow: Allow.From("0.0.0.0/0", "::/0")).With(Strange(log)).React(seen.Recipe);
        await server.StartAsync(Stop);

        await SendTo(server, Transport.Tcp, Some.Line("a"));
        await SendTo(server, Transport.Udp, Some.Line("b"));

        await seen.Count(2);
        Assert.Equal(2,
            log.Warnings.Count(w =>
                w.EndsWith("lets in anyone who reaches it, without a password; Allow.From names those who may", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_word_udp_and_http_bind_loopback_and_tcp_everywhere()
    {
        await using GodotServer server = GodotServer.Tcp(0).Udp(0).Http("0");
        await server.StartAsync(Stop);

        Assert.Equal(BindAddress.All, ((IPEndPoint)server.Inputs[0].EndPoint!).Address);
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)server.Inputs[1].EndPoint!).Address);
        Assert.Equal(IPAddress.Loopback, server.HttpEndPoint!.Address);
        int udp = ((IPEndPoint)server.Inputs[1].EndPoint!).Port;
        Assert.Equal($"udp:{udp}", server.Inputs[1].Name);
        // Both loopback addresses are taken on that port, and no other is.
        foreach (IPAddress own in BindAddress.Loopback)
        {
            using Socket second = new(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            Assert.Throws<SocketException>(() => second.Bind(new IPEndPoint(own, udp)));
        }
        using Socket elsewhere = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        elsewhere.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), udp));
    }

    [Fact]
    public async Task Over_http_a_stranger_is_told_too()
    {
        LogLines log = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Unix).Http("127.0.0.1:0").With(Strange(log));
        await server.StartAsync(Stop);
        using HttpClient http = new();

        using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://{server.HttpEndPoint}/index"), Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True(answer.Headers.ConnectionClose);
        Assert.StartsWith("127.0.0.1 may not ask here: this server hears its own machine alone.",
            await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(1, server.Run!.Http!.Strangers);
    }

    [Fact]
    public async Task What_the_command_line_allows_holds_for_all_ports()
    {
        Seen seen = new();
        LogLines log = new();
        GodotServer server = GodotServer.Tcp(0).Udp(0, allow: Allow.From("10.0.0.0/8")).Http("0").With(Strange(log)).React(seen.Recipe);
        server.LetIn(Parsing.Allowed("127.0.0.1, ::1"));
        await using (server)
        {
            await server.StartAsync(Stop);
            await SendTo(server, Transport.Tcp, Some.Line("a"));
            await SendTo(server, Transport.Udp, Some.Line("b"));
            await seen.Count(2);
            using HttpClient http = new();
            Assert.Equal("ok\n", await http.GetStringAsync(new Uri($"http://127.0.0.1:{server.HttpEndPoint!.Port}/healthz"), Stop));
        }
    }

    [Fact]
    public async Task A_machine_beyond_this_one_is_a_stranger_until_it_is_allowed()
    {
        using OtherMachine other = new();
        Seen seen = new();
        await using GodotServer server = GodotServer.Tcp(0).Tcp(0, allow: Allow.From($"{other.Address}/32"))
            .Udp(0, allow: Allow.From($"{other.Address}")).React(seen.Recipe);
        await server.StartAsync(Stop);

        string told = await other.Run($"exec 3<>/dev/tcp/{other.ThisMachine}/{Port(0)}; echo '{Some.Line("x").Trim()}' >&3; cat <&3");
        Assert.Contains($"{other.Address} may not send here", told, StringComparison.Ordinal);
        await other.Run($"echo '{Some.Line("tcp").Trim()}' > /dev/tcp/{other.ThisMachine}/{Port(1)}");
        await other.Run($"echo '{Some.Line("udp").Trim()}' > /dev/udp/{other.ThisMachine}/{Port(2)}");
        // This machine by its own address there, which is not a loopback address.
        using Socket own = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        own.Connect(IPAddress.Parse(other.ThisMachine), Port(0));
        own.Send(Some.Line("own"));

        await seen.Count(3);
        Assert.Equal(["own", "tcp", "udp"], seen.Services);
        Assert.Equal(1, server.Counters(0).Strangers);

        int Port(int input) => ((IPEndPoint)server.Inputs[input].EndPoint!).Port;
    }

    static Task SendTo(GodotServer server, Transport transport, string text)
    {
        int port = server.Inputs.Select(i => (i.Name, ((IPEndPoint)i.EndPoint!).Port))
            .First(i => i.Name.StartsWith(transport.ToString(), StringComparison.OrdinalIgnoreCase)).Port;
        using Socket socket =
            new(AddressFamily.InterNetwork, transport == Transport.Tcp ? SocketType.Stream : SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(text);
        return Task.CompletedTask;
    }

    static async Task<string> Rest(Socket socket)
    {
        using NetworkStream stream = new(socket);
        using StreamReader reader = new(stream);
        try
        {
            return await Eventually.Within(reader.ReadToEndAsync(Stop));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>A network namespace, which the kernel takes for another machine; its only wire ends here.</summary>
    sealed class OtherMachine : IDisposable
    {
        readonly string name = $"godot{Environment.ProcessId % 100_000}";

        public OtherMachine()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root may make a network namespace.");
            // RFC 2544 keeps these for tests; four addresses for each process.
            int four = Environment.ProcessId % 16_384 * 4;
            (ThisMachine, Address) = ($"198.18.{four / 256}.{four % 256 + 1}", $"198.18.{four / 256}.{four % 256 + 2}");
            Assert.SkipUnless(Ip($"netns add {name}"), "This machine has no network namespaces.");
            try
            {
                Assert.SkipUnless(Ip($"link add {name} type veth peer name wire netns {name}"), "This machine has no virtual wires.");
                Assert.True(Ip($"addr add {ThisMachine}/30 dev {name}") && Ip($"link set {name} up"));
                Assert.True(Ip($"-n {name} addr add {Address}/30 dev wire") && Ip($"-n {name} link set wire up"));
                Godot.ThisMachine.LookAgain();
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public string ThisMachine { get; }

        public string Address { get; }

        public async Task<string> Run(string script)
        {
            using Child child = new("ip", ["netns", "exec", name, "timeout", "20", "bash", "-c", script]);
            await child.Exit(TimeSpan.FromSeconds(60));
            return child.Output;
        }

        // The wire goes with the namespace.
        public void Dispose() => Ip($"netns del {name}");

        static bool Ip(string arguments)
        {
            try
            {
                using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
                ip.WaitForExit();
                return ip.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
