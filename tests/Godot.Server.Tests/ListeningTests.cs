using System.Net;
using System.Net.Sockets;

namespace Godot;

public class ListeningTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_number_of_inputs_feed_one_engine()
    {
        Seen seen = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp, Transport.Tcp, Transport.Udp, Transport.Unix).React("all", seen.Recipe);
        await server.StartAsync(Stop);

        server.Send(Transport.Tcp, Some.Line("tcp"));
        server.Send(Transport.Udp, Some.Line("udp"));
        server.Send(Transport.Unix, Some.Line("unix"));

        await seen.Count(3);
        Assert.Equal(["tcp", "udp", "unix"], seen.Services);
    }

    [Fact]
    public async Task Port_0_takes_a_free_port_and_tells_which()
    {
        await using GodotServer server = GodotServer.Tcp(0).Udp(0, "127.0.0.1");
        Assert.Equal("tcp:0", server.Inputs[0].Name);
        await server.StartAsync(Stop);

        int tcp = ((IPEndPoint)server.Inputs[0].EndPoint!).Port, udp = ((IPEndPoint)server.Inputs[1].EndPoint!).Port;
        Assert.NotEqual(0, tcp);
        Assert.Equal($"tcp:{tcp}", server.Inputs[0].Name);
        Assert.Equal($"udp:127.0.0.1:{udp}", server.Inputs[1].Name);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Without_an_address_it_hears_IPv4_and_IPv6(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        Seen seen = new();
        await using GodotServer server = GodotServer.Tcp(0).Udp(0).React(seen.Recipe);
        await server.StartAsync(Stop);

        foreach (SocketType type in (SocketType[])[SocketType.Stream, SocketType.Dgram])
        {
            int port = ((IPEndPoint)server.Inputs[type == SocketType.Stream ? 0 : 1].EndPoint!).Port;
            IPAddress ip = IPAddress.Parse(address);
            using Socket socket = new(ip.AddressFamily, type, ProtocolType.Unspecified);
            socket.Connect(ip, port);
            socket.Send(Some.Line("x"));
        }

        await seen.Count(2);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task A_port_in_use_is_told_in_one_sentence_and_nothing_listens(string kind)
    {
        await using GodotServer first = kind == "tcp" ? GodotServer.Tcp(0) : GodotServer.Udp(0);
        await first.StartAsync(Stop);
        int port = ((IPEndPoint)first.Inputs[0].EndPoint!).Port;
        string path = Some.SocketPath();
        GodotServer second = GodotServer.Unix(path);
        second = kind == "tcp" ? second.Tcp(port) : second.Udp(port);

        InputException refused = await Assert.ThrowsAsync<InputException>(() => second.StartAsync(Stop));

        Assert.Equal($"{kind} port {port} is in use by another program; stop that program or choose another port.", refused.Message);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task An_address_of_another_machine_is_refused_in_one_sentence()
    {
        GodotServer server = GodotServer.Tcp(0, "192.0.2.1");

        InputException refused = await Assert.ThrowsAsync<InputException>(() => server.StartAsync(Stop));

        Assert.Equal("192.0.2.1 is not an address of this machine; write one that it has, or leave it out.", refused.Message);
    }

    [Fact]
    public void An_impossible_port_address_or_path_is_refused_where_it_is_written()
    {
        Assert.Throws<ArgumentException>(() => GodotServer.Tcp(65536));
        Assert.Throws<ArgumentException>(() => GodotServer.Udp(-1));
        Assert.Throws<ArgumentException>(() => GodotServer.Tcp(1, "example.com"));
        Assert.Throws<ArgumentException>(() => GodotServer.Unix(""));
        Assert.Throws<ArgumentException>(() => GodotServer.Unix("/tmp/" + new string('x', 200)));
        Assert.Throws<ArgumentException>(() => GodotServer.Tcp(1).Http("localhost"));
        Assert.Throws<ArgumentException>(() => GodotServer.Tcp(1).Http("98770"));
        Assert.Throws<ArgumentException>(() => GodotServer.Tcp(1).Http("::1:9877"));
        Assert.Throws<ArgumentException>(() => GodotServer.Tcp(1).Http("127.0.0.1:99999"));
        Assert.Throws<ArgumentOutOfRangeException>(() => GodotServer.Tcp(1).With(new() { MaxConnections = 0 }));
    }

    [Fact]
    public async Task A_stale_unix_socket_is_replaced()
    {
        string path = Some.SocketPath();
        string moved = path + ".moved";
        using (Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Disposing would remove the file; a process that is killed leaves it.
            dead.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, moved);
        }
        File.Move(moved, path);
        Seen seen = new();
        await using GodotServer server = GodotServer.Unix(path).React(seen.Recipe);

        await server.StartAsync(Stop);

        server.Send(Transport.Unix, Some.Line("x"));
        await seen.Count(1);
    }

    [Fact]
    public async Task A_live_unix_socket_is_not_replaced()
    {
        string path = Some.SocketPath();
        Seen seen = new();
        await using GodotServer first = GodotServer.Unix(path).React(seen.Recipe);
        await first.StartAsync(Stop);
        GodotServer second = GodotServer.Unix(path);

        InputException refused = await Assert.ThrowsAsync<InputException>(() => second.StartAsync(Stop));

        Assert.Equal($"unix socket {path} is in use by another program; stop that program or choose another path.", refused.Message);
        first.Send(Transport.Unix, Some.Line("x"));
        await seen.Count(1);
    }

    [Fact]
    public async Task An_ordinary_file_in_the_sockets_place_is_left_alone()
    {
        string path = Path.GetTempFileName();
        GodotServer server = GodotServer.Unix(path);

        InputException refused = await Assert.ThrowsAsync<InputException>(() => server.StartAsync(Stop));

        Assert.Equal($"{path} is a file but no socket; remove it or choose another path.", refused.Message);
        Assert.True(File.Exists(path));
        File.Delete(path);
    }

    [Fact]
    public async Task A_unix_socket_in_a_folder_that_is_not_there_is_told_in_one_sentence()
    {
        InputException refused = await Assert.ThrowsAsync<InputException>(() => GodotServer.Unix("/nowhere/at/all.sock").StartAsync(Stop));

        Assert.StartsWith("unix socket /nowhere/at/all.sock cannot be listened on: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_runs_once()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp);
        await server.StartAsync(Stop);

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAsync(Stop));
        Assert.Throws<InvalidOperationException>(() => server.Tcp(0));
        Assert.Throws<InvalidOperationException>(() => server.With(new()));
    }
}
