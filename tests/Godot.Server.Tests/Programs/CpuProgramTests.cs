using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>examples/cpu.cs: two reactors, one that looks at each metric and one at their average, fed over all three transports.</summary>
[Collection(nameof(Examples))]
public sealed class CpuProgramTests(Examples examples) : IDisposable
{
    const string Mailed = "godot_reactor_events_total{reactor=\"cpu\",stage=\"email\"}",
        Averaged = "godot_reactor_events_total{reactor=\"cpu-steady\",stage=\"over\"}",
        MailedSteady = "godot_reactor_events_total{reactor=\"cpu-steady\",stage=\"email\"}";

    // What ended the original's process, or was events that nobody had sent.
    static readonly string[] Garbage =
    [
        "{\"service\":\n", "null\n", "12\n", "\0\e[2J\n", "{\"service\":\"cpu\",\"metric\":NaN}\n",
        $"{{\"service\":\"cpu\",\"metric\":90,\"x\":{new string('[', 20_000)}\n",
    ];

    // It ended with these, too. They are events: tags that are no list are left out, a text that is a number is one.
    static readonly string[] Odd = ["{\"service\":\"cpu\",\"metric\":90,\"tags\":\"text\"}\n", "{\"service\":\"cpu\",\"metric\":\"90\"}\n"];

    readonly TemporaryFolder folder = new();

    string SocketPath => Path.Join(folder.Path, "godot.sock");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task A_line_of_netcat_is_mailed(Transport transport)
    {
        using Serving server = await Start();
        using Child netcat = new("nc", transport switch
        {
            Transport.Tcp => ["-N", "127.0.0.1", $"{Examples.Port}"],
            Transport.Udp => ["-u", "-q", "0", "127.0.0.1", $"{Examples.Port}"],
            _ => ["-N", "-U", SocketPath],
        });

        netcat.Write("{\"service\":\"cpu\",\"metric\":90}\n");

        Assert.Equal(0, await netcat.Exit());
        // One metric is no average yet.
        await server.Reaches("godot_outputs_sent_total{output=\"email\"}", 1);
        Assert.Equal((1, 0), (server.Value(Mailed), server.Value(MailedSteady)));
        string mail = Assert.Single(Directory.GetFiles(Path.Join(folder.Path, "mail")));
        Assert.Contains("Subject: cpu is 90", await File.ReadAllTextAsync(mail, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await server.Stop();
    }

    [Fact]
    public async Task Peaks_are_mailed_and_their_average_is_not()
    {
        using Serving server = await Start();

        Send(Enumerable.Repeat((int[])[20, 20, 90], 20).SelectMany(metrics => metrics).Select(metric => Line("a", metric)));

        await server.Reaches(Averaged, 49);
        Assert.Equal((20, 0), (server.Value(Mailed), server.Value(MailedSteady)));
        await server.Stop();
    }

    [Fact]
    public async Task Hosts_are_not_averaged_together()
    {
        using Serving server = await Start();

        // Together they would average 50 and less, and mail hardly ever.
        Send(Enumerable.Repeat((string[])[Line("idle", 10), Line("busy", 90)], 20).SelectMany(lines => lines));

        // The first eleven of each host are too few.
        await server.Reaches(Averaged, 18);
        Assert.Equal((20, 9), (server.Value(Mailed), server.Value(MailedSteady)));
        await server.Stop();
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task What_ended_the_original_leaves_it_serving(Transport transport)
    {
        using Serving server = await Start();
        using Socket socket = Connect(transport);

        foreach (string line in Garbage.Concat(Odd)) socket.Send(line);
        if (transport == Transport.Udp)
        {
            socket.Send("");
        }
        else
        {
            socket.Send(new string('x', 10_000_000) + "\n");
            using (Socket reset = Connect(transport))
            {
                reset.LingerState = new LingerOption(enable: true, seconds: 0);
                reset.Send("{\"service\":");
            }
            socket.Send("{\"service\":\"cpu\",");
            socket.Send("\"metric\":90");
        }
        socket.Send(transport == Transport.Udp ? Line("a", 90) : "}\n");

        await server.Reaches(Mailed, 1 + Odd.Length);
        await server.Reaches("godot_events_received_total", 1 + Odd.Length);
        Assert.InRange(server.Value("godot_events_rejected_total"), Garbage.Length, Garbage.Length + 2);
        await server.Stop();
    }

    Task<Serving> Start() => examples.Serve("cpu", folder.Path, $"unix:{SocketPath}");

    static string Line(string host, int metric) => $$"""{"host":"{{host}}","service":"cpu","metric":{{metric}}}""" + "\n";

    void Send(IEnumerable<string> lines)
    {
        using Socket socket = Connect(Transport.Tcp);
        socket.Send(string.Concat(lines));
    }

    Socket Connect(Transport transport)
    {
        EndPoint to = transport == Transport.Unix ? new UnixDomainSocketEndPoint(SocketPath)
            : new IPEndPoint(IPAddress.Loopback, Examples.Port);
        Socket socket = new(to.AddressFamily, transport == Transport.Udp ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(to);
        return socket;
    }
}
