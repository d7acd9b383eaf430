using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Godot.Events;

namespace Godot;

/// <summary>A port that reads another format, beside ports that read JSON lines.</summary>
public class DecoderTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    [InlineData(Transport.Udp)]
    public async Task A_format_of_ones_own_is_read_beside_JSON_lines(Transport transport)
    {
        Seen seen = new();
        await using GodotServer server = Listening(transport).Tcp(0, "127.0.0.1").React(seen.Recipe);
        await server.StartAsync(Stop);
        using (Socket socket = Connect(server, 0)) socket.Send("a 1\nb 2\nc much\n"u8.ToArray());
        using (Socket socket = Connect(server, 1)) socket.Send(Some.Line("json"));

        await seen.Count(3);
        await Eventually.True(() => server.Counters().AllRejected == 1);
        Assert.Equal(["a", "b", "json"], seen.Services);
        Assert.Equal((2, 1), (server.Counters().Received, server.Counters(1).Received));
        string[] told = [.. MetricsText.Of(server.Run!).Split('\n').Where(line => line.Contains("not_a_number", StringComparison.Ordinal))];
        Assert.Equal([$$"""godot_events_rejected_total{input="{{server.Inputs[0].Name}}",reason="not_a_number"} 1"""], told);
    }

    [Fact]
    public async Task Datagrams_are_read_one_by_one()
    {
        Seen seen = new();
        await using GodotServer server = Listening(Transport.Udp).React(seen.Recipe);
        await server.StartAsync(Stop);
        using (Socket socket = Connect(server, 0))
        {
            foreach (string datagram in (string[])["a 1\nb", " 2\n", "c 3\n"]) socket.Send(datagram);
        }

        await seen.Count(3);
        Assert.Equal(["", "a", "c"], seen.Services);
        await Eventually.True(() => server.Counters().Rejected(RejectReason.Cut) == 1);
    }

    [Fact]
    public async Task A_decoder_that_throws_ends_its_connection_and_no_other()
    {
        Seen seen = new();
        await using GodotServer server = Listening(Transport.Tcp).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket wrong = Connect(server, 0), right = Connect(server, 0);
        wrong.Send("throw 1\na 1\n");
        Assert.True(await wrong.IsClosed());
        right.Send("b 1\n");

        await seen.Count(1);
        Assert.Equal(["b"], seen.Services);
        Assert.Equal((1, 1), (server.Counters().Rejected(RejectReason.DecoderFailed), server.Counters().AllRejected));
    }

    static GodotServer Listening(Transport transport) => transport switch
    {
        Transport.Tcp => GodotServer.Tcp(0, "127.0.0.1", decoder: () => new Pairs()),
        Transport.Udp => GodotServer.Udp(0, "127.0.0.1", decoder: () => new Pairs()),
        _ => GodotServer.Unix(Some.SocketPath(), decoder: () => new Pairs()),
    };

    static Socket Connect(GodotServer server, int input)
    {
        InputInfo to = server.Inputs[input];
        bool datagrams = to.Name.StartsWith("udp", StringComparison.Ordinal);
        Socket socket = new(to.EndPoint!.AddressFamily, datagrams ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(to.EndPoint!);
        return socket;
    }

    /// <summary>Lines of a service and a metric.</summary>
    sealed class Pairs() : MessageDecoder("not_a_number")
    {
        protected override int Decode(ReadOnlySpan<byte> bytes, bool isLast, EventBuilder events)
        {
            int end = bytes.IndexOf((byte)'\n');
            if (end < 0) return 0;
            ReadOnlySpan<byte> line = bytes[..end];
            int space = line.IndexOf((byte)' ');
            if (line.StartsWith("throw"u8)) throw new FormatException("thrown");
            if (!double.TryParse(line[(space + 1)..], CultureInfo.InvariantCulture, out double metric)) events.Reject("not_a_number", line);
            else events.Service(line[..space]).Metric(metric).Add();
            return end + 1;
        }
    }
}
